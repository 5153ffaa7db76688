import {
  type BackoffPolicy,
  createLogger,
  defineTask,
  defineTasks,
  type LogEntry,
  RetryableTaskError,
  type TaskCatalog,
} from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { bullmqQueue } from '../../src/queue/bullmq/bullmq-queue.js'
import { createTaskServer } from '../../src/create-task-server.js'
import { memoryQueue, memoryStore } from '../../src/memory.js'
import { pgBossQueue } from '../../src/queue/pg-boss/pg-boss-queue.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { qstashQueue } from '../../src/queue/qstash/qstash-queue.js'
import type { TaskStore } from '../../src/store/task-store.js'
import type { TaskServerOptions } from '../../src/task-server-options.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { ada, call, endless, report, type ReportGenerator, sampleServer } from '../fixtures/sample-tasks.js'
import { createMigratedPglite } from '../fixtures/create-pglite.js'
import { configuredServer } from './configured-server.js'

const DAY = 24 * 60 * 60 * 1_000
/** Every option refuses these values. */
const NEVER = [Number.NaN, Infinity, -Infinity, -1, 1e300, '5', null] as number[]

const { keep } = keepSampleServers()
afterEach(() => void vi.useRealTimers())

const serverOf = (options: Partial<TaskServerOptions<TaskCatalog>>) => configuredServer(options)

const catalogOf = (numbers: object) => ({
  REPORT: defineTask({ title: () => 'Report', payload: z.object({}), result: z.object({}), steps: {}, ...numbers }),
})

const SECRETS = { token: 't', currentSigningKey: 'a', nextSigningKey: 'b', publicUrl: 'https://app.example/api/jobs' }

type Make = (value: number) => unknown
const timing =
  (name: string): Make =>
  (value) =>
    serverOf({ timings: { [name]: value } })

/** Every number that an app can configure, with more values that it refuses, and some that it accepts. */
const OPTIONS: [option: string, make: Make, refused: number[], accepted: number[]][] = [
  ['timings.leaseMs', timing('leaseMs'), [0, 1, 31 * DAY], [30_000, 600_000]],
  ['timings.beatMs', timing('beatMs'), [0, 2 * DAY], [1, 15_000]],
  ['timings.maintenanceMs', timing('maintenanceMs'), [0, 1, 2 * DAY], [10, 60_000]],
  ['timings.drainMs', timing('drainMs'), [31 * DAY], [0, 10_000]],
  ['timings.retentionMs', timing('retentionMs'), [], [0, 30 * DAY, 36_525 * DAY]],
  ['timings.tombstoneMs', timing('tombstoneMs'), [], [0, 36_525 * DAY]],
  ['timings.timeToLiveMs', timing('timeToLiveMs'), [0], [1, 60 * DAY]],
  ['timings.streamMs', timing('streamMs'), [0], [1, 60 * DAY]],
  ['timings.reauthenticateMs', timing('reauthenticateMs'), [0], [1, 60 * DAY]],
  ['concurrency', (concurrency) => serverOf({ concurrency }), [0, 1.5], [1, 500]],
  ['invocationBudgetMs', (invocationBudgetMs) => serverOf({ invocationBudgetMs }), [0], [1, 60 * DAY]],
  ...(['createPerMinute', 'activePerUser', 'queued', 'runningPerUser'] as const).map(
    (name): (typeof OPTIONS)[number] => [
      `limits.${name}`,
      (value) => serverOf({ limits: { [name]: value } }),
      [0, 1.5],
      [1],
    ],
  ),
  ...(['createPerMinute', 'activePerUser'] as const).map((name): (typeof OPTIONS)[number] => [
    `tiers.free.${name}`,
    (value) => serverOf({ tiers: { free: { [name]: value } } }),
    [0, 1.5],
    [1],
  ]),
  // As plain JavaScript passes it, without `defineTasks`.
  ...(['timeoutMs', 'deadlineMs', 'timeToLiveMs', 'concurrency'] as const).map((name): (typeof OPTIONS)[number] => [
    `REPORT.${name}`,
    (value) => serverOf({ catalog: catalogOf({ [name]: value }) }),
    [0],
    [1],
  ]),
  ['REPORT.maxRetries', (maxRetries) => serverOf({ catalog: catalogOf({ maxRetries }) }), [1.5], [0, 3]],
  ['pgBossQueue.pollMs', (pollMs) => pgBossQueue({ pollMs }), [0], [1, 600_000]],
  ['pgBossQueue.maxConnections', (maxConnections) => pgBossQueue({ maxConnections }), [0, 1.5], [1]],
  ['bullmqQueue.pollMs', (pollMs) => bullmqQueue({ connection: 'redis://127.0.0.1', pollMs }), [0], [1]],
  [
    'bullmqQueue.commandTimeoutMs',
    (commandTimeoutMs) => bullmqQueue({ connection: 'redis://127.0.0.1', commandTimeoutMs }),
    [0],
    [1],
  ],
  ['qstashQueue.retries', (retries) => qstashQueue({ ...SECRETS, retries }), [1.5], [0, 3]],
  ['qstashQueue.deliveryTimeoutMs', (deliveryTimeoutMs) => qstashQueue({ ...SECRETS, deliveryTimeoutMs }), [0], [1]],
  ['qstashQueue.clockToleranceMs', (clockToleranceMs) => qstashQueue({ ...SECRETS, clockToleranceMs }), [1.5], [0]],
  ['qstashQueue.publishTimeoutMs', (publishTimeoutMs) => qstashQueue({ ...SECRETS, publishTimeoutMs }), [0], [1]],
]

describe.each(OPTIONS)('%s', (option, make, refused, accepted) => {
  it.each([...NEVER, ...refused])('is refused as %o when it is configured, by a message that names it', (value) => {
    expect(() => make(value)).toThrow(`${option} is `)
    expect(() => make(value)).toThrow(/ is .+; it must be a (finite|whole) number from /)
  })

  it.each(accepted)('may be %d', (value) => {
    expect(() => make(value)).not.toThrow()
  })
})

describe('a time-out of 25 days', () => {
  it('is 25 days, although a timer of Node.js takes it for a millisecond', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
    const generator = vi.fn<ReportGenerator>(endless)
    const catalog = { MAKE_REPORT: { ...longReport, timeoutMs: 25 * DAY } }
    const lines: LogEntry[] = []
    const server = keep(
      serverOf({
        catalog,
        authenticate: () => ada,
        generators: { MAKE_REPORT: generator },
        timings: { beatMs: DAY, leaseMs: 30 * DAY, maintenanceMs: DAY },
        logger: createLogger({ sink: (entry) => lines.push(entry) }),
      }),
    )
    await server.start()
    const { taskId } = await server.tasks.create(ada, report)
    await vi.waitUntil(async () => {
      await vi.advanceTimersByTimeAsync(0)
      return generator.mock.calls.length === 1
    })
    const signal = generator.mock.calls[0]?.[0].signal
    await vi.advanceTimersByTimeAsync(25 * DAY - 60_000)
    expect(signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(signal?.reason).toMatchObject({ reason: 'task_timed_out' })
    expect(taskId).toBeDefined()
  })
})

const longReport = defineTask({
  title: () => 'Report',
  payload: z.object({ name: z.string() }),
  result: z.object({}),
  steps: {},
})

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

const STORES: [name: string, open: () => TaskStore][] = [
  ['memory', memoryStore],
  ['PGlite', () => postgresStore({ pglite })],
]

function refuse(error: Error): ReportGenerator {
  return () => {
    throw error
  }
}

describe('a number behind a getter of a class', () => {
  class Hostile {
    get timeoutMs() {
      return Infinity
    }
    get concurrency() {
      return Number.NaN
    }
    get activePerUser() {
      return -1
    }
  }

  const valid = {
    catalog: defineTasks({ LONG: longReport }),
    generators: {},
    store: memoryStore(),
    queue: memoryQueue(),
    authenticate: () => null,
  }

  it('is refused as one that stands in the object', () => {
    const definition = Object.assign(new Hostile(), {
      title: longReport.title,
      payload: longReport.payload,
      result: longReport.result,
      steps: {},
    })
    expect(() => defineTasks({ LONG: definition })).toThrow(/^LONG\.timeoutMs is Infinity/)
    expect(() => createTaskServer(Object.assign(new Hostile(), valid))).toThrow(/^concurrency is NaN/)
    expect(() => createTaskServer({ ...valid, limits: new Hostile() })).toThrow(/activePerUser is -1/)
  })
})

describe.each(STORES)('a pause between attempts, on %s', (_, openStore) => {
  /** How long a task waits after its first attempt, in milliseconds. */
  async function pauseAfter(generator: ReportGenerator, backoff?: BackoffPolicy): Promise<number> {
    const server = keep(sampleServer(generator, { store: openStore(), ...(backoff && { backoff }) }))
    await server.start()
    const { taskId } = (await call(server, 'POST', 'action=create', { body: report })).body.task
    const task = await vi.waitUntil(async () => {
      const now = await server.as(ada).getStatus(taskId)
      return now.errorCode && now
    })
    return Date.parse(task.runAt) - Date.parse(task.updatedAt)
  }
  const aMinute = { boundMs: () => 60_000, delayMs: () => 60_000 }

  it.each([Number.NaN, Infinity, -1, '5' as never])(
    'is the backoff’s where an error asks for %o ms',
    async (retryAfterMs) => {
      // Like an error from another copy of the package.
      const error = Object.assign(new RetryableTaskError('Busy.'), { retryAfterMs })
      expect(await pauseAfter(refuse(error), aMinute)).toBe(60_000)
    },
  )

  it('is a day at most, however much an error asks for', async () => {
    const error = Object.assign(new RetryableTaskError('Busy.'), { retryAfterMs: 1e13 })
    expect(await pauseAfter(refuse(error), aMinute)).toBe(DAY)
  })

  it.each([Number.NaN, Infinity, -1])('is the default’s where an app’s own backoff gives %d ms', async (delayMs) => {
    // Draws up to a second. After a short pause the next attempt would begin before the task is read.
    vi.spyOn(Math, 'random').mockReturnValue(0.9)
    const pause = await pauseAfter(refuse(new Error('boom')), { boundMs: () => delayMs, delayMs: () => delayMs })
    expect(pause).toBe(900)
  })

  it('is what a provider’s answer asks for', async () => {
    const response = new Response(null, { status: 429, headers: { 'retry-after': '120' } })
    expect(await pauseAfter(refuse(new RetryableTaskError('Busy.', { retryAfter: response })), aMinute)).toBe(120_000)
  })
})
