import type { PGlite } from '@electric-sql/pglite'
import { createLogger, defineTask, defineTasks, type LogEntry, silentLogger, type TaskLogger } from '@brandkit/core'
import { UNPRINTABLE } from '@brandkit/tooling/unprintable'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createTaskServer, type TaskServer } from '../../src/create-task-server.js'
import { memoryQueue, memoryStore } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import type { TaskStore } from '../../src/store/task-store.js'
import type { TaskServerOptions } from '../../src/task-server-options.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'
import { ada } from '../fixtures/sample-tasks.js'

/** The places at which an app's own code throws in this test. */
type Door = 'nowhere' | 'title' | 'payload' | 'generator' | 'step' | 'step output' | 'result' | 'toJSON'

const Payload = z.object({ door: z.string() })

let value: () => unknown = () => undefined
const throwAt = (door: Door, reached: unknown) => {
  // oxlint-disable-next-line no-throw-literal, only-throw-error -- that is what this file is about
  if (reached === door) throw value()
  return true
}

const catalog = defineTasks({
  ERRAND: defineTask({
    title: ({ payload }) => `Errand ${throwAt('title', payload.door)}`,
    payload: Payload.refine(({ door }) => throwAt('payload', door)),
    steps: { go: { title: 'Going', output: z.string().refine((door) => throwAt('step output', door)) } },
    result: z.object({ door: z.string().refine((door) => throwAt('result', door)) }),
    maxRetries: 1,
  }),
})
type Options = TaskServerOptions<typeof catalog>

const generator: NonNullable<Options['generators']['ERRAND']> = async ({ payload: { door }, step }) => {
  throwAt('generator', door)
  await step('go', () => (throwAt('step', door), door))
  return { door, ...(door === 'toJSON' && { toJSON: () => throwAt('toJSON', door) }) }
}

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

const STORES: [name: string, open: () => TaskStore][] = [
  ['memory', memoryStore],
  ['PGlite', () => postgresStore({ pglite })],
]

const unhandled = vi.fn<(reason: unknown) => void>()
beforeAll(() => void process.on('unhandledRejection', unhandled))
afterAll(() => void process.off('unhandledRejection', unhandled))

const create = (by: TaskServer, door: Door) =>
  by.tasks.create(ada, { type: 'ERRAND', brandId: 'aurora', payload: { door } })

/** The test waits for hundreds of tasks, and each ends in a few milliseconds. */
const ATTENTIVELY = { interval: 3 }

async function statusAtEnd(by: TaskServer, door: Door) {
  const { taskId } = await create(by, door)
  return vi.waitUntil(async () => {
    const { status, retryCount, errorCode } = await by.as(ada).getStatus(taskId)
    return (status === 'completed' || status === 'failed') && { taskId, status, retryCount, errorCode }
  }, ATTENTIVELY)
}

describe.each(STORES)('an app that throws what cannot be printed, on %s', (_, openStore) => {
  let lines: LogEntry[] = []
  let server: TaskServer
  let current: Partial<Options> = {}

  const logger = createLogger({ sink: (entry) => lines.push(entry) })
  /** The log lines about one task, or about no task. */
  const linesOf = (level: LogEntry['level'], taskId?: string) =>
    lines.filter((line) => line.level === level && line.fields['taskId'] === taskId)

  function open(options: Partial<Options>): TaskServer {
    return createTaskServer({
      catalog,
      store: openStore(),
      queue: memoryQueue(),
      authenticate: () => current.authenticate?.(new Request('http://app.test')) ?? ada,
      authorize: (request) => current.authorize?.(request) ?? 'own',
      onEvent: (event) => current.onEvent?.(event),
      backoff: {
        boundMs: () => 1,
        delayMs: (attempt) => current.backoff?.delayMs(attempt) ?? 1,
      },
      limits: {
        createPerMinute: 1_000_000,
        createLimiter: () => ({
          consume: async (key, points) =>
            (await current.limits?.createLimiter?.({ points, duration: 60 }).consume(key, points)) ?? {
              remainingPoints: 1,
              msBeforeNext: 1,
            },
        }),
      },
      generators: { ERRAND: generator },
      logger,
      ...options,
    })
  }

  beforeAll(async () => {
    server = open({})
    await server.start()
  })
  afterAll(() => server.stop())
  beforeEach(() => {
    lines = []
    current = {}
  })
  afterEach(() => {
    value = () => undefined
  })

  const post = (body: object) =>
    server.handler(
      new Request('http://app.test/api/jobs?action=create', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )

  describe.each(UNPRINTABLE)('%s', (__, make) => {
    beforeEach(() => {
      value = make
    })
    const refuse = () => {
      throw make()
    }

    it.each<Door>(['generator', 'step', 'step output', 'result'])(
      'ends the attempt as any error does, from the %s',
      async (door) => {
        const { taskId, ...end } = await statusAtEnd(server, door)
        expect(end).toEqual({ status: 'failed', retryCount: 1, errorCode: 'generator_failed' })
        expect(linesOf('error', taskId)).toHaveLength(2)
      },
    )

    it('is an unserializable result, from a toJSON', async () => {
      expect(await statusAtEnd(server, 'toJSON')).toMatchObject({
        status: 'failed',
        errorCode: 'result_unserializable',
      })
    })

    it.each<Door>(['title', 'payload'])('is our mistake and no answer is missing, from the %s', async (door) => {
      const response = await post({ type: 'ERRAND', brandId: 'aurora', payload: { door } })
      expect([response.status, await response.json()]).toMatchObject([500, { code: 'internal_error' }])
      expect(linesOf('error')).toHaveLength(1)
    })

    it.each(['authenticate', 'authorize'] as const)('is a problem document with one line, from %s', async (name) => {
      current = { [name]: refuse }
      const response = await post({ type: 'ERRAND', brandId: 'aurora', payload: { door: 'nowhere' } })
      expect([response.status, await response.json()]).toMatchObject([500, { code: 'internal_error' }])
      expect(linesOf('error')).toHaveLength(1)
    })

    it('is a line and keeps nobody waiting, from onEvent', async () => {
      current = { onEvent: async () => refuse() }
      const { taskId, status } = await statusAtEnd(server, 'nowhere')
      expect(status).toBe('completed')
      await vi.waitFor(
        () =>
          expect(linesOf('warn', taskId).map(({ fields }) => fields['stage'])).toEqual([
            'created',
            'started',
            'completed',
          ]),
        ATTENTIVELY,
      )
    })

    it('lets a create through, from the limiter', async () => {
      current = { limits: { createLimiter: () => ({ consume: refuse }) } }
      const response = await post({ type: 'ERRAND', brandId: 'aurora', payload: { door: 'nowhere' } })
      expect(response.status).toBe(202)
    })

    it('leaves the time between attempts to the default, from a backoff', async () => {
      current = { backoff: { boundMs: refuse, delayMs: refuse } }
      expect(await statusAtEnd(server, 'generator')).toMatchObject({ status: 'failed', retryCount: 1 })
      const line = 'backoff.delayMs failed; the default is used'
      expect(linesOf('warn').map(({ message }) => message)).toEqual([line, line])
    })

    it.each<[string, () => TaskLogger]>([
      ['a log sink', () => createLogger({ sink: refuse })],
      ["an app's own logger", () => ({ debug: refuse, info: refuse, warn: refuse, error: refuse, scope: refuse })],
    ])('costs lines and no task, from %s', async (___, makeLogger) => {
      for (const level of ['debug', 'info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue()
      const own = open({ store: memoryStore(), logger: makeLogger() })
      await own.start()
      expect(await statusAtEnd(own, 'nowhere')).toMatchObject({ status: 'completed' })
      await own.stop()
      vi.restoreAllMocks()
    })
  })

  it('has left no rejection that nobody handles', () => {
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('runs the same task to its end where nothing is thrown', async () => {
    expect(await statusAtEnd(server, 'nowhere')).toMatchObject({ status: 'completed', retryCount: 0 })
  })
})

describe('an app’s own transaction', () => {
  let server: TaskServer
  beforeAll(() => {
    server = createTaskServer({
      catalog,
      store: postgresStore({ pglite }),
      queue: memoryQueue(),
      authenticate: () => null,
      generators: { ERRAND: generator },
      logger: silentLogger,
    })
  })
  afterAll(() => server.stop())

  it.each(UNPRINTABLE)('is an error of the create where it throws %s', async (_, make) => {
    const transaction = {
      query: async () => {
        throw make()
      },
    }
    const input = { type: 'ERRAND', brandId: 'aurora', payload: { door: 'nowhere' } }
    await expect(server.tasks.create(ada, input, { transaction })).rejects.toMatchObject({ name: 'TaskError' })
  })
})
