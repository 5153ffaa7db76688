// A separate process: `node unawaited-process.ts <settings as JSON>`. Its generators misbehave and are cancelled, while an
// innocent task waits beside them. It sends the outcome to its parent, and then ends by itself.
import { createLogger, defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer, type GeneratorContext } from '@brandkit/server-adapter'
import { memoryQueue, memoryStore } from '@brandkit/server-adapter/memory'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { setImmediate as turn } from 'node:timers/promises'
import * as z from 'zod'

const catalog = defineTasks({
  MISBEHAVE: defineTask({
    title: () => 'Misbehave',
    payload: z.object({ deed: z.string() }),
    steps: { one: { title: 'One', output: z.int() }, two: { title: 'Two', output: z.int() } },
    result: z.null(),
    maxRetries: 0,
  }),
  INNOCENT: defineTask({ title: () => 'Innocent', payload: z.object({}), steps: {}, result: z.int() }),
})

type Context = GeneratorContext<typeof catalog.MISBEHAVE>

const fail = () => Promise.reject(new Error('No.'))

/** Calls that a generator repeats without awaiting them. */
const DEEDS = {
  progress: ({ progress }: Context) => progress(1),
  'progress(NaN)': ({ progress }: Context) => progress(NaN),
  partial: ({ partial }: Context) => partial({ n: 1 }),
  'a partial that is no JSON': ({ partial }: Context) => partial(1n),
  'a step that fails beside another': ({ step }: Context) => {
    void step('one', fail)
    void step('two', fail)
  },
  'a step that the catalog lacks': ({ step }: Context) => step('three' as 'one', () => 1),
} satisfies Record<string, (context: Context) => unknown>

export type Deed = keyof typeof DEEDS | 'onEvent' | 'calls of the server'
export const ALL_DEEDS = [...(Object.keys(DEEDS) as Deed[]), 'onEvent', 'calls of the server'] as const

export interface UnawaitedSettings {
  /** `memory`, or an argument of `postgresStore`. */
  store: string
  deeds: readonly Deed[]
}

/** The status of the innocent task, and the log lines about refused calls. */
export interface UnawaitedOutcome {
  innocent: string
  warnings: string[]
}

const OWNER = { userId: 'ada', brandIds: '*' } as const
const MOST_MS = 60_000
/** How often a deed is repeated before the cancel, and after it. */
const ENOUGH = 3

async function misbehave({ store, deeds }: UnawaitedSettings): Promise<UnawaitedOutcome> {
  const done = Promise.withResolvers<void>()
  /** Callbacks by deed: called when the generator has misbehaved for a while, and again after its cancel. */
  const heard = new Map<string, () => void>()
  const warnings: string[] = []
  const server = createTaskServer({
    catalog,
    store: store === 'memory' ? memoryStore() : postgresStore(store),
    queue: memoryQueue(),
    authenticate: () => null,
    logger: createLogger({ sink: ({ level, message }) => void (level === 'warn' && warnings.push(message)) }),
    onEvent: () => (deeds.includes('onEvent') ? Promise.reject(Object.create(null)) : undefined),
    generators: {
      INNOCENT: () => done.promise.then(() => 1),
      MISBEHAVE: (context) => {
        const { deed } = context.payload
        const commit = DEEDS[deed as keyof typeof DEEDS]
        let made = 0
        let late = 0
        return new Promise((resolve) => {
          const timer = setInterval(() => {
            void commit(context)
            made += 1
            if (context.signal.aborted) late += 1
            if (made === ENOUGH || late === ENOUGH) heard.get(deed)?.()
            if (late < ENOUGH) return
            clearInterval(timer)
            resolve(null)
          }, 5)
        })
      },
    },
  })
  // Not awaited, either: the first request connects the server.
  void server.start()
  const create = (type: 'INNOCENT' | 'MISBEHAVE', payload: object) =>
    server.tasks.create(OWNER, { type, brandId: 'aurora', payload })
  const { taskId } = await create('INNOCENT', {})
  const wire = server.as(OWNER)

  for (const deed of deeds) {
    if (deed === 'onEvent') continue
    if (deed === 'calls of the server') {
      void wire.cancel('none')
      void wire.getStatus('none')
      void wire.list({ cursor: 'none' })
      void server.tasks.create(OWNER, { type: 'NONE', brandId: 'aurora', payload: {} })
      continue
    }
    const hear = () => new Promise<void>((resolve) => heard.set(deed, resolve))
    const begun = hear()
    const misbehaving = await create('MISBEHAVE', { deed })
    await begun
    const over = hear()
    // Cancels as a user does.
    await wire.cancel(misbehaving.taskId)
    await over
  }
  done.resolve()
  const { status } = await wire.waitFor(taskId, { signal: AbortSignal.timeout(MOST_MS) })
  await server.stop()
  // The call comes too late, because the server has stopped.
  void server.start()
  void server.maintain()
  void server.stats()
  await turn()
  return { innocent: status, warnings }
}

const settings = process.argv[2]
if (import.meta.main && settings !== undefined) {
  const outcome = await misbehave(JSON.parse(settings) as UnawaitedSettings)
  process.send?.(outcome)
  process.disconnect?.()
}
