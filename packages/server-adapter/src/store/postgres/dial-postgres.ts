import type { DialOptions, Listening, SqlConnections } from '../sql-database.js'
import { STUBBORN_MS } from '../../patience.js'
import { importDriver } from './connection.js'
import { listenOn, type Renewing } from './listen-on.js'
import { createRenewingPool, type RenewingPool } from './renewing-pool.js'
import { adoptSettings } from './session-settings.js'
import type { StatementNames } from './statement-names.js'

export interface Dialled extends SqlConnections {
  pool: RenewingPool
  listen: (listening: Listening & Renewing) => () => Promise<void>
}

interface DialSettings extends DialOptions {
  /** Names for the statements that repeat. Default: no names. */
  names?: StatementNames
}

/**
 * Prepares connections to a Postgres server in the same way for the store and for the queue. Connects at the first
 * statement.
 */
export async function dialPostgres(
  connectionString: string,
  { applicationName, max, longestMs, names }: DialSettings,
): Promise<Dialled> {
  const { default: pg } = await importDriver('pg', () => import('pg'))
  const settings = {
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    ...(max !== undefined && { max }),
  }
  // The server's time-out is longer than ours, so the server ends only statements that we no longer wait for.
  const { hook, isAdopted } = adoptSettings({ longestMs: longestMs === undefined ? 0 : longestMs + STUBBORN_MS })
  const pool = createRenewingPool({
    dial: () => new pg.Pool({ ...settings, ...hook }),
    ...(longestMs !== undefined && { longestMs }),
    ...(names && { names, keepsNames: isAdopted }),
  })

  /** A standby also delivers our own message. So this asks whether the server is read-only, and leaves it if it is. */
  async function say(channel: string, payload: string): Promise<void> {
    const { rows } = await pool.query(
      `select pg_notify($1, $2), current_setting('transaction_read_only') as "readOnly"`,
      [channel, payload],
    )
    if (rows[0].readOnly === 'on') pool.renew()
  }

  return {
    pool,
    query: pool.query,
    end: pool.end,
    listen: (listening) =>
      listenOn({
        ...listening,
        connect: (stream) => new pg.Client({ ...settings, application_name: `${applicationName} listen`, stream }),
        say: (payload) => say(listening.channel, payload),
        serverLeft: () => pool.left,
      }),
  }
}
