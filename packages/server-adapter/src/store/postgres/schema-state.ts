import { TaskError } from '@brandkit/core'
import { sql } from 'kysely'
import { MIGRATIONS, type Migration } from './migrations.js'
import { executeOn, type Database } from './statement.js'

export type Applied = Pick<Migration, 'number' | 'name'>

/** The migrations that a database has, in order. Empty for a database without our schema. */
export async function readApplied(database: Database): Promise<Applied[]> {
  const [table] = await executeOn(database)(
    sql<{ exists: boolean }>`select to_regclass('brandkit.migrations') is not null as exists`,
  )
  if (!table?.exists) return []
  return executeOn(database)(sql<Applied>`select number, name from brandkit.migrations order by number`)
}

/** The migrations that the database still needs, in order. */
export function missingIn(applied: readonly Applied[], { upTo = Infinity } = {}): Migration[] {
  return MIGRATIONS.filter(({ number }) => number <= upTo && !applied.some((row) => row.number === number))
}

/** The number of the newest migration that this code knows. */
export function latestMigration(): number {
  return Math.max(...MIGRATIONS.map(({ number }) => number))
}

/**
 * Old code meets a newer database during a rollout and after a rollback. Migrations keep the previous release working (new
 * columns have defaults), so this is only a warning at start. If the previous release cannot work with a migration, the
 * migration's name ends with an exclamation mark, and old code refuses to start.
 *
 * @throws TaskError `store_unavailable` with one sentence for such a migration
 */
export function warningOfNewer(applied: readonly Applied[]): string | undefined {
  const latest = latestMigration()
  const newer = applied.filter(({ number }) => number > latest)
  const breaking = newer.filter(({ name }) => name.endsWith('!'))
  if (breaking.length > 0) {
    throw new TaskError(
      'store_unavailable',
      `The database has migration ${listOf(breaking)} of the schema "brandkit", which this code (up to ${latest}) cannot work with: deploy the release that made it, or a later one.`,
      { retryable: false },
    )
  }
  if (newer.length === 0) return undefined
  return `The database is newer than this code: it has migration ${listOf(newer)} of the schema "brandkit", and this code knows up to ${latest}; that is as it should be during a deploy or after a rollback, else update @brandkit/server-adapter.`
}

/** Migrations by number and name, for sentences: `22 (retries), 23 (titles of followed tasks)`. */
export function listOf(migrations: readonly Applied[]): string {
  const names = migrations.map(({ number, name }) => `${number} (${name})`)
  return names.length > MOST_NAMED ? `${names[0]} to ${names.at(-1)}` : names.join(', ')
}

/** More would fill the screen. */
const MOST_NAMED = 5
