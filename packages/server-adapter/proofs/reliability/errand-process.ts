// A separate process: `node errand-process.ts <settings as JSON>`. Works on errands, or dies during a create.
import { createBackoffPolicy, defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { createTaskServer, type Lease, type TaskServerOptions, type TaskStore } from '@brandkit/server-adapter'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { once } from 'node:events'
import * as z from 'zod'

export const errands = defineTasks({
  ERRAND: defineTask({
    title: () => 'Errand',
    payload: z.object({
      /** `exit` ends its own process; `suffer` runs beside it and succeeds later; `linger` waits for a message. */
      deed: z.enum(['succeed', 'exit', 'suffer', 'linger']),
    }),
    steps: { go: { title: 'Going', output: z.string() } },
    result: z.object({ by: z.string() }),
    maxRetries: 3,
  }),
})

export const OWNER = { reach: 'own', tenantId: 'acme', userId: 'ada', brandIds: '*' } as const

export type ErrandOptions = Partial<TaskServerOptions<typeof errands>>

/** A server whose errands succeed, on Postgres and pg-boss by default. Retries come at once. */
export function errandServer(database: string, options: ErrandOptions = {}) {
  return createTaskServer({
    catalog: errands,
    store: postgresStore(database),
    queue: pgBossQueue(),
    authenticate: () => null,
    generators: { ERRAND: () => ({ by: 'second' }) },
    backoff: createBackoffPolicy({ baseMs: 1, ceilingMs: 5 }),
    logger: silentLogger,
    ...options,
  })
}

export interface ErrandSettings {
  database: string
  role: 'creator' | 'worker'
  timings: Partial<ErrandOptions['timings']>
}

/** The messages of a process to its parent. */
export type ErrandMessage =
  | { what: 'inserted' }
  | { what: 'began' }
  /** The store's answer to each kind of write of a worker. */
  | { what: 'wrote'; answers: Record<string, string> }

const tell = (message: ErrandMessage) => void process.send?.(message)

function neverPublish(): Promise<never> {
  tell({ what: 'inserted' })
  return new Promise(() => {})
}

/** Inserts a task and never publishes it: at this moment the test kills the process. */
async function create({ database }: ErrandSettings): Promise<void> {
  const server = errandServer(database, { queue: { ...pgBossQueue(), enqueue: neverPublish } })
  await server.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } })
}

async function work({ database, timings }: ErrandSettings): Promise<void> {
  const store = postgresStore(database)
  const company = Promise.withResolvers<void>()
  let lease: Lease | undefined
  const server = errandServer(database, {
    timings,
    // A getter stays a getter, because the database exists only once the store is open.
    store: Object.create(store, {
      claim: {
        value: async (...input: Parameters<TaskStore['claim']>) => {
          const claim = await store.claim(...input)
          if (claim.outcome === 'claimed') lease = claim.lease
          return claim
        },
      },
    }) as TaskStore,
    generators: {
      ERRAND: async ({ payload: { deed }, attempt }) => {
        if (deed === 'exit') {
          if (attempt === 1) await company.promise
          process.exit(3)
        }
        if (deed === 'suffer' && attempt === 1) {
          company.resolve()
          await new Promise(() => {})
        }
        if (deed === 'linger') {
          tell({ what: 'began' })
          await once(process, 'message')
          if (lease) tell({ what: 'wrote', answers: await tryEveryWrite(store, lease) })
        }
        return { by: 'first' }
      },
    },
  })
  await server.start()
}

async function tryEveryWrite(store: TaskStore, lease: Lease): Promise<Record<string, string>> {
  const failure = { errorCode: 'internal_error', lastError: 'No.' } as const
  const writes = {
    beat: () => store.beat(lease, { leaseMs: 60_000 }),
    report: () => store.report(lease, { progress: 99 }),
    checkpoint: () => store.checkpoint(lease, { step: 'go', output: 'first' }),
    complete: () => store.settle(lease, { status: 'completed', result: { by: 'first' } }),
    fail: () => store.settle(lease, { status: 'failed', ...failure }),
    retry: () => store.settle(lease, { status: 'retry', delayMs: 0, ...failure }),
    release: () => store.settle(lease, { status: 'release' }),
  }
  const answers: Record<string, string> = {}
  for (const [name, write] of Object.entries(writes)) {
    answers[name] = await write().then(
      () => 'written',
      (error: unknown) => (error as { code: string }).code,
    )
  }
  return answers
}

const settings = process.argv[2]
if (import.meta.main && settings !== undefined) {
  process.once('disconnect', () => process.exit())
  const parsed = JSON.parse(settings) as ErrandSettings
  await (parsed.role === 'creator' ? create(parsed) : work(parsed))
}
