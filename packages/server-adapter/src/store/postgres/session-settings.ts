import type { ClientBase, QueryConfig } from 'pg'

/** How long a session may take to accept our settings, in milliseconds. */
const ANSWER_MS = 10_000

/** Runs on each new connection before the pool hands it out. pg awaits it, although its types do not say so. */
interface SessionHook {
  onConnect: (client: ClientBase) => Promise<void>
}

export interface SessionSettings {
  hook: SessionHook
  /** Whether this connection has the settings, because it stays with one session of the server. */
  isAdopted: (client: ClientBase) => boolean
}

/**
 * Gives every new connection the same settings, whatever its role or database prescribes. Statements run in READ COMMITTED,
 * because with SERIALIZABLE parallel claims fail each other. Names are not searched in foreign schemas, and no foreign
 * time-out ends a statement. Values are read correctly even without these settings; see read-number.ts.
 *
 * This leaves `default_transaction_read_only` alone: operators set it to keep writers off a primary that is to be replaced.
 *
 * A pooler in transaction mode shares one server connection among many clients, who would inherit the settings. A pooler is
 * recognised by its process id, which differs from the id at connect; then the settings of the role stay.
 *
 * @param longestMs how long a statement may take before the server ends it; 0 for ever
 */
export function adoptSettings({ longestMs }: { longestMs: number }): SessionSettings {
  const adopted = new WeakSet<ClientBase>()
  return {
    hook: {
      async onConnect(client) {
        if (await adopt(client, longestMs)) adopted.add(client)
      },
    },
    isAdopted: (client) => adopted.has(client),
  }
}

/** @returns whether this is a session of our own */
async function adopt(client: ClientBase, longestMs: number): Promise<boolean> {
  const settings = {
    search_path: 'pg_catalog',
    DateStyle: 'ISO, MDY',
    IntervalStyle: 'postgres',
    TimeZone: 'UTC',
    extra_float_digits: '1',
    bytea_output: 'hex',
    standard_conforming_strings: 'on',
    default_transaction_isolation: 'read committed',
    default_transaction_deferrable: 'off',
    statement_timeout: String(longestMs),
    idle_in_transaction_session_timeout: String(longestMs),
    lock_timeout: '0',
    transaction_timeout: '0',
    idle_session_timeout: '0',
    ...PLANNING,
  }
  const { processID } = client as ClientBase & { processID?: number }
  const query: QueryConfig & { query_timeout: number } = {
    // Joined with the settings that this server knows: older versions lack some, and an unknown name is an error.
    text: `select pg_catalog.set_config(known.name, ours.value, false)
             from pg_catalog.json_each_text($1) as ours (name, value)
             join pg_catalog.pg_settings as known on known.name = ours.name
            where pg_catalog.pg_backend_pid() = $2`,
    values: [JSON.stringify(settings), processID ?? 0],
    query_timeout: ANSWER_MS,
  }
  const { rows } = await client.query(query)
  return rows.length > 0
}

/**
 * The plan of a frequent statement must be right although it was made for an empty table (see `FREQUENT`). Each of them finds
 * few rows by an index, hence a nested loop over an index is right at any size; such a statement does not join its own CTEs
 * with each other, because that nested loop would compare every entry with every other. Postgres still reads a whole table if
 * nothing else is possible; such a plan looks so expensive that JIT would compile it, for nothing.
 */
export const PLANNING = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}
