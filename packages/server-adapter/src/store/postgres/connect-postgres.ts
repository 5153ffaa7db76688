import { TaskError } from '@brandkit/core'
import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import { explainConnection } from '../../explain-connection.js'
import { LONGEST_STATEMENT_MS, STUBBORN_MS, within } from '../../patience.js'
import type { Connection } from './connection.js'
import { importDriver } from './import-driver.js'
import { listenOn } from './listen-on.js'
import { adoptSettings } from './session-settings.js'

/** Connects to a Postgres server. Resolves once it has answered. */
export async function connectPostgres(
  connectionString: string,
  { longestMs = LONGEST_STATEMENT_MS } = {},
): Promise<Connection> {
  const { default: pg } = await importDriver('pg', () => import('pg'))
  const settings = { connectionString, application_name: 'brandkit', connectionTimeoutMillis: 10_000 }
  const poolOf = (limitMs: number, { max }: { max: number }) =>
    new pg.Pool({ ...settings, max, ...adoptSettings({ longestMs: limitMs }) })
  // The server gives up later than we do: only what nobody waits for any more.
  const [pool, patientPool] = [poolOf(longestMs + STUBBORN_MS, { max: 10 }), poolOf(0, { max: 1 })]
  for (const each of [pool, patientPool]) {
    // An idle connection that breaks is replaced at the next statement; unheard, its error would end the process.
    each.on('error', () => {})
    // So would that of a connection in use: the pool takes its own listener off a client that it hands out. Whoever
    // waits for the statement gets the same error.
    each.on('connect', (client) => void client.on('error', () => {}))
  }

  const inUse = new Map<PoolClient, NodeJS.Timeout>()
  pool.on('acquire', (client) => {
    // With the connection ends what was asked over it, and the pool makes another.
    const timer = setTimeout(() => void client.end(), longestMs)
    inUse.set(client, timer)
  })
  pool.on('release', (_error, client) => {
    clearTimeout(inUse.get(client))
    inUse.delete(client)
  })

  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const reason = explainConnection(error)
    throw new TaskError('store_unavailable', `${placeOf(connectionString)} ${reason}`, { cause: error })
  }
  return {
    database: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    patient: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: patientPool }) }),
    handle: {
      kind: 'postgres',
      pool,
      connectionString,
      session: adoptSettings({ longestMs: longestMs + STUBBORN_MS }),
    },
    exclusive: false,
    listen: (listening) =>
      listenOn((stream) => new pg.Client({ connectionString, application_name: 'brandkit listen', stream }), listening),
    async close() {
      const ended = Promise.all([pool.end(), patientPool.end()])
      await within(STUBBORN_MS, [ended])
      for (const client of inUse.keys()) void client.end()
      await ended
    },
  }
}

/** Without the password. */
function placeOf(connectionString: string): string {
  const { hostname, port, pathname } = new URL(connectionString)
  return `The Postgres server at ${hostname || 'localhost'}:${port || 5432}${pathname}`
}
