import type { ClientBase, QueryConfig } from 'pg'

/** How long a session may take to accept our settings, in milliseconds. */
const ANSWER_MS = 10_000

/** What a pool does with each connection before it hands it out. Awaited by pg, although its types do not say so. */
export interface SessionHook {
  onConnect: (client: ClientBase) => Promise<void>
}

/**
 * Makes every fresh connection work as ours do, whatever its role or database prescribes: statements in READ COMMITTED (with
 * SERIALIZABLE, workers that claim side by side fail each other), names found in no foreign schema, no time-out that cuts
 * a statement short. Values are read correctly without it; see read-number.ts.
 *
 * Not `default_transaction_read_only`: by it operators keep writers off a primary that is to be replaced.
 *
 * A pooler in transaction mode hands one server connection to many clients, who would inherit the settings. It shows by
 * another process id than the client was told when it connected; there the settings of the role stay.
 *
 * @param longestMs how long a statement may take before the server gives it up; 0 for ever
 */
export function adoptSettings({ longestMs }: { longestMs: number }): SessionHook {
  return { onConnect: (client) => adopt(client, longestMs) }
}

async function adopt(client: ClientBase, longestMs: number): Promise<void> {
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
  }
  const { processID } = client as ClientBase & { processID?: number }
  const query: QueryConfig & { query_timeout: number } = {
    // Joined with what this server knows: some are younger than others, and an unknown name is an error.
    text: `select pg_catalog.set_config(known.name, ours.value, false)
             from pg_catalog.json_each_text($1) as ours (name, value)
             join pg_catalog.pg_settings as known on known.name = ours.name
            where pg_catalog.pg_backend_pid() = $2`,
    values: [JSON.stringify(settings), processID ?? 0],
    query_timeout: ANSWER_MS,
  }
  await client.query(query)
}
