import { TaskError } from '@brandkit/core'
import type { PGliteDialectConfig } from 'kysely'
import { importPeer } from '../../import-peer.js'
import type { Listening, SqlDatabase } from '../sql-database.js'
import type { Database } from './statement.js'

/** The database as the store sees it: embedded, or a server. */
export interface Connection {
  database: Database
  /** The same database without a time limit on statements: for migrations. */
  patient: Database
  handle: SqlDatabase
  /** Whether this process is the only one that can work on these tasks. */
  exclusive: boolean
  /** The id of this connection among the listeners; see listeners.ts. */
  listener: string
  /** Receives the notifications of other connections; see `Listening`. */
  listen: (listening: Listening) => () => Promise<void>
  close: () => Promise<void>
}

type Queryable = Exclude<PGliteDialectConfig['pglite'], (...options: never[]) => unknown>

/** The part of a `PGlite` that we need. Not its own type: apps that use a server have not installed the package. */
export interface PgliteInstance extends Queryable {
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
}

/** Loads a database driver. A missing package is not retryable. */
export function importDriver<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  return importPeer(name, {
    neededBy: 'postgresStore()',
    load,
    toError: (cause) =>
      new TaskError(
        'store_unavailable',
        `postgresStore() needs the package ${name} here. Install it: npm install ${name}`,
        { cause, retryable: false },
      ),
  })
}
