import { type Kysely, type RawBuilder, sql } from 'kysely'
import { FREQUENT } from '../sql-database.js'

/** Without generated table types: every statement is written out beside the method that runs it. */
export type Database = Kysely<unknown>

/** Runs one statement and returns its rows: on the pool, or within an app's transaction. */
export type Execute = <Row>(statement: RawBuilder<Row>) => Promise<Row[]>

export function executeOn(db: Database): Execute {
  return async (statement) => (await statement.execute(db)).rows
}

/** Begins a statement that finds every row by one index; see `FREQUENT`. */
export const frequent: RawBuilder<unknown> = sql.raw(FREQUENT)

/**
 * Rows for a statement, as one JSON parameter. The plan is the same for any number of rows, and one text is cheaper to send
 * and to parse than one array per column. Every text inside must be storable (see `toStorableText`).
 */
export function rowsOf(values: readonly (object | string)[]): RawBuilder<unknown> {
  return sql`${JSON.stringify(values)}::json`
}
