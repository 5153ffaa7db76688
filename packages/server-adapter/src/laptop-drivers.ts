import { errorCodeOf, TaskError } from '@brandkit/core'
import { laptopFolder } from './laptop-folder.js'
import { lateDriver } from './late-driver.js'
import { PG_BOSS_CAPABILITIES } from './queue/pg-boss/pg-boss-capabilities.js'
import type * as PgBossEntry from './queue/pg-boss/pg-boss-queue.js'
import type { QueueBackend } from './queue/queue-backend.js'
import type * as PostgresEntry from './store/postgres/postgres-store.js'
import type { TaskStore } from './store/task-store.js'
import type { ServerDrivers } from './task-server-options.js'

/** What an app writes instead of the default. */
const CHOICE =
  "store: postgresStore(process.env.DATABASE_URL) from '@brandkit/server-adapter/postgres', and queue: pgBossQueue() from '@brandkit/server-adapter/pg-boss'"

/**
 * The store and the queue of a server that names neither: PGlite in `.brandkit/tasks` under the working directory, and pg-boss
 * in the same database. They fit a laptop: nothing is to be set up, and tasks survive a restart. Both packages are loaded when
 * the server connects.
 *
 * @throws TypeError in production, because a folder of one machine is seldom where an operator expects the tasks
 */
export function laptopDrivers(): ServerDrivers {
  if (process.env['NODE_ENV'] === 'production') {
    throw new TypeError(
      `createTaskServer has no store and no queue. Outside production it keeps tasks in a folder of this machine, but NODE_ENV is production, and such a folder is lost with its machine. Pass ${CHOICE}. If you mean a folder, name it: postgresStore('./data').`,
    )
  }
  const { pathToFileURL } = process.getBuiltinModule('node:url')
  const { home, tasks: folder } = laptopFolder()

  return {
    store: lateDriver({
      facts: { ...STORE_FACTS, place: folder },
      verbs: STORE_VERBS,
      async load(): Promise<TaskStore> {
        const { postgresStore } = await importOwn<typeof PostgresEntry>('postgres')
        // As a URL, because the path to the project may have any signs.
        return postgresStore(pathToFileURL(folder).href)
      },
      async open(store, context: Parameters<TaskStore['open']>[0]) {
        keepOutOfGit(home)
        await store.open(context).catch(nameBothPeers)
        context?.logger.info(
          `Tasks are kept by PGlite in ${folder} and delivered by pg-boss, because createTaskServer has no store and no queue. For production pass ${CHOICE}.`,
        )
      },
    }),
    queue: lateDriver({
      facts: { name: 'pg-boss', capabilities: PG_BOSS_CAPABILITIES },
      verbs: ['enqueue', 'withdraw', 'consume', 'depth'],
      async load(): Promise<QueueBackend> {
        const { pgBossQueue } = await importOwn<typeof PgBossEntry>('pg-boss')
        return pgBossQueue()
      },
      open: (queue, context: Parameters<QueueBackend['open']>[0]) => queue.open(context).catch(nameBothPeers),
    }),
  }
}

const STORE_FACTS = {
  name: 'pglite',
  capabilities: { durable: true, shared: false },
  database: undefined,
}

const STORE_VERBS = [
  'create',
  'find',
  'list',
  'claim',
  'releaseNext',
  'beat',
  'report',
  'checkpoint',
  'settle',
  'cancel',
  'delete',
  'eraseUser',
  'audit',
  'maintain',
  'takeNotices',
  'stats',
  'throughput',
  'usage',
  'outlook',
  'ping',
  'watch',
] as const satisfies (keyof TaskStore)[]

/**
 * Loads another entry of this package by its name, which bundlers do not follow: an app that names its own store must be
 * buildable without PGlite.
 */
function importOwn<Module>(entry: string): Promise<Module> {
  const name = `@brandkit/server-adapter/${entry}`
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name) as Promise<Module>
}

/** Someone's tasks are no part of the project. A folder that cannot be written is reported when the store opens. */
function keepOutOfGit(home: string): void {
  const { mkdirSync, writeFileSync } = process.getBuiltinModule('node:fs')
  try {
    mkdirSync(home, { recursive: true })
    writeFileSync(`${home}/.gitignore`, '*\n', { flag: 'wx' })
  } catch {}
}

/** Replaces the error for one missing package by the line that installs both. */
function nameBothPeers(error: unknown): never {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  if (errorCodeOf(cause) !== 'ERR_MODULE_NOT_FOUND') throw error
  throw new TaskError(
    'store_unavailable',
    'createTaskServer has no store and no queue. Outside production it takes PGlite and pg-boss, which are not both installed: npm install @electric-sql/pglite pg-boss. Or pass memoryStore() and memoryQueue() from @brandkit/server-adapter/memory, which forget all tasks when the process ends.',
    { cause: error, retryable: false },
  )
}
