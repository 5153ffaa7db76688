import type { Listening, SqlDatabase } from '../sql-database.js'
import type { Database } from './statement.js'

/** What a database is to the store, whether it is embedded or a server. */
export interface Connection {
  database: Database
  /** The same, without a limit of time: for migrations. */
  patient: Database
  handle: SqlDatabase
  /** Whether nothing else, in this process or another, can be working on these tasks. */
  exclusive: boolean
  /** Hears what other connections announce; see `Listening`. */
  listen: (listening: Listening) => () => Promise<void>
  close: () => Promise<void>
}
