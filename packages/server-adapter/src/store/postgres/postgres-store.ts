import { ANYTHING, assertOptions, isJsonObject, OBJECT, oneOf, type OptionRules, TaskError } from '@brandkit/core'
import { assertRuntime } from '../../assert-runtime.js'
import type { StoreCapabilities } from '../store-capabilities.js'
import type { TaskStore } from '../task-store.js'
import type { TaskWatcher } from '../task-watcher.js'
import type { PgliteInstance } from './connection.js'
import { toDatabasePlace } from './database-place.js'
import type { Place, Session } from './open-session.js'

export interface PostgresStoreOptions {
  /**
   * `postgres://…` for a server; a path or `file:` URL for a folder, which PGlite keeps; `memory://` keeps nothing. A
   * doubtful text (with quotes, blanks around it, an `@`, another scheme) is refused.
   */
  database?: string
  /**
   * An instance that the app has made and will close, instead of `database`. It keeps no plans of statements, as one of ours
   * does, so a task costs more than twice as much there.
   */
  pglite?: PgliteInstance
  /** `auto` changes the schema at open, `check` only asserts it. Default `check` on a server in production, else `auto`. */
  migrate?: 'auto' | 'check'
}

const RULES: OptionRules<PostgresStoreOptions> = {
  // `toDatabasePlace` checks this value, and never prints it because it may hold a password.
  database: ANYTHING,
  pglite: OBJECT,
  migrate: oneOf(['auto', 'check']),
}

/**
 * Keeps tasks in Postgres: on a server (peer `pg`), or embedded in a folder (peer `@electric-sql/pglite`) that only one
 * process can open. All tables live in the schema `brandkit`. Does nothing before `open()`.
 *
 * @throws TaskError `store_unavailable`, in one sentence: at once when `database` is clearly neither a Postgres URL nor a
 *   folder, and from `open()` when the database is not available.
 */
export function postgresStore(options: string | PostgresStoreOptions): TaskStore {
  assertRuntime()
  // JavaScript callers may pass any value, most often the undefined of a missing variable.
  const settings: PostgresStoreOptions = isJsonObject(options) ? options : { database: options as string }
  const place: Place = settings.pglite
    ? { kind: 'instance', pglite: settings.pglite }
    : toDatabasePlace(settings.database)
  assertOptions('postgresStore', settings, RULES)
  /** The warning of the last `open`. */
  let warning: string | undefined
  let session: Session | undefined

  function opened() {
    if (session) return session
    throw new TaskError(
      'store_unavailable',
      'The task store is not open. Call open() first, and nothing after close().',
    )
  }

  return {
    name: place.kind === 'server' ? 'postgres' : 'pglite',
    ...(place.kind === 'folder' && { place: place.folder }),
    ...(place.kind === 'server' && { place: place.url }),
    get capabilities() {
      return withWarning(capabilitiesOf(place), warning)
    },
    get database() {
      return opened().connection.handle
    },

    async open(context) {
      const { openSession } = await import('./open-session.js')
      session = await openSession(place, { migrate: settings.migrate, context })
      warning = session.warning
    },

    async close() {
      const closing = session
      session = undefined
      await closing?.changes.close()
      await closing?.connection.close()
    },

    create: async (input) => opened().tasks.create(input),
    find: async (...input) => opened().tasks.find(...input),
    list: async (filter, scope) => opened().tasks.list(filter, scope),
    claim: async (input) => opened().tasks.claim(input),
    beat: async (lease, input) => opened().tasks.beat(lease, input),
    report: async (lease, report) => opened().tasks.report(lease, report),
    checkpoint: async (lease, checkpoint) => opened().tasks.checkpoint(lease, checkpoint),
    settle: async (lease, end) => opened().tasks.settle(lease, end),
    cancel: async (...input) => opened().tasks.cancel(...input),
    releaseNext: async (...input) => opened().tasks.releaseNext(...input),
    delete: async (...input) => opened().tasks.delete(...input),
    eraseUser: async (input) => opened().tasks.eraseUser(input),
    audit: async (query) => opened().tasks.audit(query),
    maintain: async (input) => opened().tasks.maintain(input),
    takeNotices: async (input) => opened().tasks.takeNotices(input),
    stats: async (tenantId) => opened().tasks.stats(tenantId),
    throughput: async (query) => opened().tasks.throughput(query),
    usage: async (query) => opened().tasks.usage(query),
    outlook: async (input) => opened().tasks.outlook(input),
    ping: async () => opened().tasks.ping(),
    watch: (watcher: TaskWatcher) => opened().changes.watch(watcher),
  }
}

function withWarning(capabilities: StoreCapabilities, more: string | undefined): StoreCapabilities {
  if (more === undefined) return capabilities
  return { ...capabilities, warning: [more, capabilities.warning ?? []].flat().join(' ') }
}

function capabilitiesOf(place: Place): StoreCapabilities {
  if (place.kind === 'server') return { durable: true, shared: true }
  if (place.kind === 'memory') {
    return {
      durable: false,
      shared: false,
      warning: 'PGlite keeps this database in memory only: every task is forgotten when this process ends.',
    }
  }
  return {
    durable: true,
    shared: false,
    warning:
      'PGlite keeps tasks through the end of this process, but never syncs its files: a power cut may lose the latest. Use a Postgres server where that matters.',
  }
}
