import { isTaskError } from '@brandkit/core'
import { type DatabasePlace, toDatabasePlace } from '../store/postgres/database-place.js'

/** The command was called wrongly. The message says how to call it. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/**
 * The database of `--database` or `DATABASE_URL`.
 *
 * @throws UsageError in one sentence that never repeats the value, which may hold a password
 */
export function readPlace(database: string | undefined): Exclude<DatabasePlace, { kind: 'memory' }> {
  if (!database) {
    throw new UsageError(
      'Which database? Give --database, or set DATABASE_URL: a URL such as postgres://user:password@host:5432/database, or the folder of a PGlite.',
    )
  }
  const place = toPlace(database)
  if (place.kind !== 'memory') return place
  throw new UsageError('A database in memory lives in the process that made it. Give a URL or a folder.')
}

function toPlace(database: string): DatabasePlace {
  try {
    return toDatabasePlace(database)
  } catch (error) {
    if (!isTaskError(error)) throw error
    throw new UsageError(error.message.replace('postgresStore()', '--database (or DATABASE_URL)'), { cause: error })
  }
}
