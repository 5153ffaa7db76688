import { openPglite } from '../store/postgres/connect-pglite.js'
import { addressOf, connectPostgres } from '../store/postgres/connect-postgres.js'
import type { Connection } from '../store/postgres/connection.js'
import type { readPlace } from './usage-error.js'

export type Place = ReturnType<typeof readPlace>

/** The place for sentences, without the password. */
export function nameOf(place: Place): string {
  return place.kind === 'server' ? `Postgres at ${addressOf(place.url)}` : `PGlite in ${place.folder}`
}

/**
 * Opens the database, without the look at its schema that a store takes. A folder without a database gets one.
 *
 * @throws TaskError `store_unavailable` in one sentence
 */
export async function withDatabase<Result>(
  place: Place,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await (place.kind === 'server' ? connectPostgres(place.url) : openPglite(place.folder))
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}
