import type { SqlDatabase } from '../task-store.js'
import type { Database } from './statement.js'

/** What a database is to the store, whether it is embedded or a server. */
export interface Connection {
  database: Database
  /** The same, without a limit of time: for migrations. */
  patient: Database
  handle: SqlDatabase
  /** Whether no other process can be working on these tasks. */
  exclusive: boolean
  /** Hears what other connections announce; see `Listening`. */
  listen: (listening: Listening) => () => Promise<void>
  close: () => Promise<void>
}

export interface Listening {
  channel: string
  onMessage: (payload: string) => void
  /** `live`: every message from now on arrives. `lost`: none does, until it is live again. */
  onState: (state: 'live' | 'lost') => void
}
