import type { StoreContext } from '../store-capabilities.js'
import { borrowPglite, openPglite, openPgliteInMemory } from './connect-pglite.js'
import { connectPostgres } from './connect-postgres.js'
import type { Connection, PgliteInstance } from './connection.js'
import type { DatabasePlace } from './database-place.js'
import { removeAllListeners } from './listeners.js'
import { abandonAll } from './maintaining/expire-leases.js'
import { assertMigrated, migrate } from './migrate.js'
import { type SqlTasks, sqlTasks } from './sql-tasks.js'
import { executeOn } from './statement.js'
import { toStoreError } from './to-store-error.js'
import { watchChanges } from './watch-changes.js'

export type Place = DatabasePlace | { kind: 'instance'; pglite: PgliteInstance }

/** An open store: its connection, and the statements that run on it. */
export interface Session {
  connection: Connection
  tasks: SqlTasks
  changes: ReturnType<typeof watchChanges>
  /** What the operator should know about the database. */
  warning: string | undefined
}

interface OpenSessionOptions {
  /** Default `check` on a server in production, else `auto`. */
  migrate?: 'auto' | 'check' | undefined
  context?: StoreContext | undefined
}

/**
 * Connects, and brings or checks the schema. The store imports this file when it opens, because kysely alone is most of the
 * time that the import of a store would take, and build steps of frameworks import stores that they never open.
 *
 * @throws TaskError `store_unavailable`
 */
export async function openSession(place: Place, { migrate: mode, context }: OpenSessionOptions): Promise<Session> {
  const connection = await connect(place, context)
  let warning: string | undefined
  try {
    warning = await prepare(connection, mode, context)
  } catch (error) {
    await connection.close()
    throw toStoreError(error)
  }
  const changes = watchChanges(connection)
  const own = { id: connection.listener, tell: changes.tellOwn }
  const tasks = sqlTasks(connection.database, { shared: place.kind === 'server', own })
  return { connection, tasks, changes, warning }
}

function connect(place: Place, context?: StoreContext): Promise<Connection> | Connection {
  if (place.kind === 'server') return connectPostgres(place.url, { logger: context?.logger })
  if (place.kind === 'folder') return openPglite(place.folder)
  if (place.kind === 'memory') return openPgliteInMemory(place.name)
  return borrowPglite(place.pglite)
}

/** @returns a warning, if the schema gives cause for one */
async function prepare(
  connection: Connection,
  asked: OpenSessionOptions['migrate'],
  context: StoreContext | undefined,
): Promise<string | undefined> {
  const inProduction = connection.handle.kind === 'postgres' && process.env['NODE_ENV'] === 'production'
  const mode = asked ?? (inProduction ? 'check' : 'auto')
  const warning = await (mode === 'auto'
    ? migrate(connection.patient, { shared: connection.handle.kind === 'postgres' })
    : assertMigrated(connection.database))
  if (!connection.exclusive) return warning
  await abandonAll(executeOn(connection.database), context?.notices)
  await removeAllListeners(executeOn(connection.database))
  return warning
}
