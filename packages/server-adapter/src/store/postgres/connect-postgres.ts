import { TaskError } from '@brandkit/core'
import { Kysely, PostgresDialect } from 'kysely'
import type { Connection } from './connection.js'
import { importDriver } from './import-driver.js'
import { listenOn } from './listen-on.js'

/** Connects to a Postgres server. Resolves once it has answered. */
export async function connectPostgres(connectionString: string): Promise<Connection> {
  assertUrl(connectionString)
  const { default: pg } = await importDriver('pg', () => import('pg'))
  const pool = new pg.Pool({ connectionString, application_name: 'brandkit', connectionTimeoutMillis: 10_000 })
  // An idle connection that breaks is replaced at the next statement; unheard, its error would end the process.
  pool.on('error', () => {})
  // So would that of a connection in use: the pool takes its own listener off a client that it hands out. Whoever waits
  // for the statement gets the same error.
  pool.on('connect', (client) => void client.on('error', () => {}))
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw new TaskError(
      'store_unavailable',
      `${placeOf(connectionString)} refused the connection. ${reasonOf(error)}`,
      { cause: error },
    )
  }
  return {
    database: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    handle: { kind: 'postgres', pool, connectionString },
    exclusive: false,
    listen: (listening) =>
      listenOn(() => new pg.Client({ connectionString, application_name: 'brandkit listen' }), listening),
    close: () => pool.end(),
  }
}

function assertUrl(connectionString: string): void {
  if (URL.canParse(connectionString)) return
  throw new TaskError(
    'store_unavailable',
    'The database URL cannot be read. Use postgres://user:password@host:5432/database.',
    {
      retryable: false,
    },
  )
}

/** Without the password. */
function placeOf(connectionString: string): string {
  const { hostname, port, pathname } = new URL(connectionString)
  return `The Postgres server at ${hostname || 'localhost'}:${port || 5432}${pathname}`
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '28P01' || code === '28000') return 'User or password are wrong.'
  if (code === '3D000') return 'There is no such database.'
  return 'Start it, or correct the database URL.'
}
