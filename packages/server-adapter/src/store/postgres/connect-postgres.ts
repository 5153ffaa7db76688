import { randomUUID } from 'node:crypto'
import { TaskError, type TaskLogger } from '@brandkit/core'
import { Kysely, PostgresDialect } from 'kysely'
import { explainConnection } from '../../explain-connection.js'
import { LONGEST_STATEMENT_MS, STUBBORN_MS, waitAtMost } from '../../patience.js'
import type { Connection } from './connection.js'
import { dialPostgres } from './dial-postgres.js'
import { removeListener, renewListener } from './listeners.js'
import type { RenewingPool } from './renewing-pool.js'
import { executeOn } from './statement.js'
import { createStatementNames } from './statement-names.js'

/** Connects to a Postgres server. Resolves once the server has answered. */
export async function connectPostgres(
  connectionString: string,
  { longestMs = LONGEST_STATEMENT_MS, logger }: { longestMs?: number; logger?: TaskLogger | undefined } = {},
): Promise<Connection> {
  // The queue's connections share the names, so that the server is found out once.
  const names = createStatementNames({ logger })
  const [{ pool, listen }, { pool: patientPool }] = await Promise.all([
    dialPostgres(connectionString, { applicationName: 'brandkit', longestMs, names }),
    dialPostgres(connectionString, { applicationName: 'brandkit', max: 2 }),
  ])

  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const reason = explainConnection(error)
    throw new TaskError('store_unavailable', `${placeOf(connectionString)} ${reason}`, { cause: error })
  }
  const database = kyselyOn(pool)
  const listener = randomUUID()
  return {
    database,
    patient: kyselyOn(patientPool),
    handle: {
      kind: 'postgres',
      connectionString,
      get pool() {
        return pool.current
      },
      dial: (options) => dialPostgres(connectionString, { ...options, names }),
    },
    exclusive: false,
    listener,
    listen(listening) {
      const stop = listen({ ...listening, renew: () => renewListener(executeOn(database), listener) })
      return async () => {
        await stop()
        // If this fails, the other processes forget us within a minute.
        await waitAtMost(STUBBORN_MS, [removeListener(executeOn(database), listener)])
      }
    },
    close: async () => void (await Promise.all([pool.end(), patientPool.end()])),
  }
}

function kyselyOn(pool: RenewingPool): Kysely<unknown> {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
}

/** The connection string without the password. */
function placeOf(connectionString: string): string {
  return `The Postgres server at ${addressOf(connectionString)}`
}

/** Host, port and database of a connection string: `db.example:5432/app`. */
export function addressOf(connectionString: string): string {
  const { hostname, port, pathname } = new URL(connectionString)
  return `${hostname || 'localhost'}:${port || 5432}${pathname}`
}
