import type { PGliteDialectConfig } from 'kysely'

type Queryable = Exclude<PGliteDialectConfig['pglite'], (...options: never[]) => unknown>

/** What we need of a `PGlite`. Not its own type: who works on a server has not installed the package. */
export interface PgliteInstance extends Queryable {
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
}
