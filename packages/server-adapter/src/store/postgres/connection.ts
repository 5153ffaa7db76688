import { TaskError } from '@brandkit/core'
import type { PGliteDialectConfig } from 'kysely'
import { importPeer } from '../../import-peer.js'
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
  /** Receives what other connections notify of; see `Listening`. */
  listen: (listening: Listening) => () => Promise<void>
  close: () => Promise<void>
}

type Queryable = Exclude<PGliteDialectConfig['pglite'], (...options: never[]) => unknown>

/** What we need of a `PGlite`. Not its own type: who works on a server has not installed the package. */
export interface PgliteInstance extends Queryable {
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
}

/** Loads what talks to the database. No repetition mends that it is not installed. */
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
