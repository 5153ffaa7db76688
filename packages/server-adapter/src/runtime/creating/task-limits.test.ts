import { createLogger, defineTask, defineTasks, type LogEntry, silentLogger } from '@brandkit/core'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import type { TaskServer } from '../../create-task-server.js'
import { memoryQueue, memoryStore } from '../../memory.js'
import { createDocumentedServer } from '../../../proofs/openapi/documented.js'
import {
  call,
  createReport,
  endless,
  makeReport,
  report,
  sampleServer,
  sampleTasks,
} from '../../../proofs/fixtures/sample-tasks.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'

const { started, keep } = keepSampleServers()

const grace = { tenantId: 'acme', userId: 'grace', brandIds: '*', maxPriority: 'high' } as const

const create = (server: TaskServer, options: { user?: string; key?: string; name?: string } = {}) =>
  call(server, 'POST', 'action=create', {
    user: options.user ?? 'ada',
    body: { ...report, payload: { name: options.name ?? 'May' } },
    headers: options.key === undefined ? {} : { 'idempotency-key': options.key },
  })

describe('the rate of creates', () => {
  it('answers 429 beyond the allowance, with when to try again', async () => {
    const server = await started(endless, { limits: { createPerMinute: 2 } })
    const first = await create(server)
    expect(first.status).toBe(202)
    expect(first.headers.get('ratelimit-policy')).toBe('"create";q=2;w=60')
    expect(first.headers.get('ratelimit')).toBe('"create";r=1;t=60')
    await create(server)

    const refused = await create(server)
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ code: 'rate_limited', retryable: true })
    expect(refused.headers.get('ratelimit')).toMatch(/^"create";r=0;t=(5\d|60)$/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
  })

  it('counts each principal apart, and each task of a batch', async () => {
    const server = await started(endless, { limits: { createPerMinute: 3 } })
    const batch = await call(server, 'POST', 'action=create', { body: { tasks: [report, report, report] } })
    expect(batch.status).toBe(202)
    expect((await create(server)).status).toBe(429)
    expect((await create(server, { user: 'linus' })).status).toBe(202)
  })

  it('gives back what a key has made, however often it is asked for', async () => {
    const server = await started(endless, { limits: { createPerMinute: 1 } })
    const first = await create(server, { key: 'k' })
    const again = await create(server, { key: 'k' })
    expect(again.status).toBe(202)
    expect(again.body.task.taskId).toBe(first.body.task.taskId)
    expect((await create(server, { key: 'other' })).body).toMatchObject({ code: 'rate_limited' })
    expect((await create(server, { key: 'k', name: 'June' })).status).toBe(422)
  })

  it('allows a tier what was said for it', async () => {
    const server = await started(endless, {
      limits: { createPerMinute: 1 },
      tiers: { premium: { createPerMinute: 50, maxPriority: 'high' } },
      authenticate: () => ({ userId: 'grace', brandIds: '*', tier: 'premium' }),
    })
    const high = await call(server, 'POST', 'action=create', { body: { ...report, priority: 'high' } })
    expect(high.body.task.priority).toBe('high')
    expect((await create(server)).headers.get('ratelimit-policy')).toBe('"create";q=50;w=60')
  })

  it('gives a tier its own priority where the request names none, and a lower one where it does', async () => {
    const premium = { maxPriority: 'high', defaultPriority: 'high' } as const
    const server = await started(endless, {
      tiers: { premium, capped: { defaultPriority: 'high' } },
      authenticate: ({ headers }) => ({ userId: 'grace', brandIds: '*', tier: headers.get('x-user') ?? '' }),
    })
    const priorityOf = async (user: string, body: object = {}) =>
      (await call(server, 'POST', 'action=create', { user, body: { ...report, ...body } })).body.task.priority
    expect(await priorityOf('premium')).toBe('high')
    expect(await priorityOf('premium', { priority: 'low' })).toBe('low')
    // The ceiling `maxPriority` is `normal` by default.
    expect(await priorityOf('capped')).toBe('normal')
    expect(await priorityOf('unknown')).toBe('normal')
  })

  it('uses the limiter it is given, and lets creates through while that is out of order', async () => {
    const entries: LogEntry[] = []
    const shared = new RateLimiterMemory({ points: 5, duration: 60 })
    const server = await started(endless, {
      limits: { createPerMinute: 5, createLimiter: () => shared },
      logger: createLogger({ sink: (entry) => void entries.push(entry) }),
    })
    expect((await create(server)).headers.get('ratelimit')).toBe('"create";r=4;t=60')
    vi.spyOn(shared, 'consume').mockRejectedValue(new Error('Redis is down'))
    const through = await create(server)
    expect(through.status).toBe(202)
    expect(through.headers.get('ratelimit')).toBeNull()
    expect(entries.map(({ message }) => message)).toContain(
      'The rate of creates cannot be counted, so this one is let through',
    )
  })
})

describe('the number of tasks', () => {
  it('answers 429 while a principal has as many under way as it may', async () => {
    const server = await started(endless, { limits: { activePerUser: 1 } })
    const { body } = await create(server)
    const refused = await create(server)
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ code: 'too_many_active_tasks' })
    expect(refused.headers.get('retry-after')).toBe('10')

    await call(server, 'POST', 'action=cancel', { body: { taskId: body.task.taskId } })
    expect((await create(server)).status).toBe(202)
  })

  it('answers 503 while as many wait as may', async () => {
    const server = sampleServer(endless, { limits: { queued: 1 } })
    keep(server)
    await create(server)
    const refused = await create(server, { user: 'linus' })
    expect(refused.status).toBe(503)
    expect(refused.body).toMatchObject({ code: 'queue_full' })
    expect(refused.headers.get('retry-after')).toBe('30')
  })

  it('refuses limits that make no sense, at once', () => {
    expect(() => sampleServer(endless, { limits: { runningPerUser: 0 } })).toThrow(/limits.runningPerUser is 0/)
    expect(() => sampleServer(endless, { tiers: { free: { activePerUser: 1.5 } } })).toThrow(/tiers.free.activePerUser/)
  })
})

describe('fairness', () => {
  it('lets one owner’s thousand tasks not keep another owner waiting', async () => {
    const began: string[] = []
    const gate = Promise.withResolvers<void>()
    const server = await started(
      async ({ userId, payload }) => {
        began.push(userId)
        if (userId === 'ada') await gate.promise
        return { reportId: payload.name, pages: 1 }
      },
      { concurrency: 4, limits: { runningPerUser: 2 } },
    )
    const batch = { tasks: Array.from({ length: 100 }, () => report) }
    for (let round = 0; round < 10; round += 1) await call(server, 'POST', 'action=create', { body: batch })
    const { body } = await create(server, { user: 'linus' })
    await vi.waitFor(async () => {
      const { body: answer } = await call(server, 'GET', `action=status&taskId=${body.task.taskId}`, { user: 'linus' })
      expect(answer.task.status).toBe('completed')
    })
    expect(began.toSorted()).toEqual(['ada', 'ada', 'linus'])

    gate.resolve()
    await vi.waitFor(() => expect(began).toHaveLength(1_001))
  })

  it('ends a low task while high ones keep coming', async () => {
    // The test begins in the past, so that every task is due by the real clock.
    let now = Date.now() - 86_400_000
    let floods = 0
    const lowRan = Promise.withResolvers<number>()
    let low: string | undefined
    const server: TaskServer = await started(
      async ({ taskId }) => {
        if (taskId === low) lowRan.resolve(floods)
        if (taskId === low || floods === 200) return { reportId: 'r', pages: 1 }
        floods += 1
        // Another task of high priority waits, 30 seconds pass, and maintenance makes a pass.
        await server.tasks.create(grace, { ...report, priority: 'high' })
        now += 30_000
        await server.maintain()
        return { reportId: 'r', pages: 1 }
      },
      { store: memoryStore({ now: () => now }), concurrency: 1 },
    )
    await server.tasks.create(grace, { ...report, priority: 'high' })
    await server.tasks.create(grace, { ...report, priority: 'high' })
    const { body } = await call(server, 'POST', 'action=create', { body: { ...report, priority: 'low' } })
    low = body.task.taskId
    expect(await lowRan.promise).toBeLessThan(50)
  })

  it('never runs more of an owner at once than it may, and runs them all in the end', async () => {
    let running = 0
    let most = 0
    let ended = 0
    const server = await started(
      async ({ step }) => {
        running += 1
        most = Math.max(most, running)
        await step('draft', () => ['a'])
        running -= 1
        ended += 1
        return { reportId: 'r', pages: 1 }
      },
      { concurrency: 10, limits: { runningPerUser: 3 } },
    )
    await call(server, 'POST', 'action=create', { body: { tasks: Array.from({ length: 40 }, () => report) } })
    await vi.waitFor(() => expect(ended).toBe(40))
    expect(most).toBe(3)
  })

  it('delivers a held task as soon as its running sibling is cancelled', async () => {
    const began: string[] = []
    const server = await started(
      (context) => {
        began.push(context.taskId)
        return endless(context)
      },
      { limits: { runningPerUser: 1 } },
    )
    const first = await createReport(server)
    await vi.waitFor(() => expect(began).toEqual([first]))
    const second = await createReport(server)
    await call(server, 'POST', 'action=cancel', { body: { taskId: first } })
    await vi.waitFor(() => expect(began).toEqual([first, second]))
  })

  it('runs no more of a type at once than the catalog says', async () => {
    const catalog = defineTasks({
      ...sampleTasks,
      PRINT: defineTask({ title: () => 'Print', payload: z.object({}), steps: {}, result: z.int(), concurrency: 1 }),
    })
    let running = 0
    let most = 0
    let ended = 0
    const server = createDocumentedServer({
      catalog,
      store: memoryStore(),
      queue: memoryQueue(),
      authenticate: () => ({ userId: 'ada', brandIds: '*' }),
      generators: {
        PRINT: async ({ progress }) => {
          running += 1
          most = Math.max(most, running)
          await progress(50)
          running -= 1
          ended += 1
          return 1
        },
      },
      logger: silentLogger,
    })
    keep(server)
    await server.start()
    const print = { type: 'PRINT', brandId: 'aurora', payload: {} }
    await call(server, 'POST', 'action=create', { body: { tasks: Array.from({ length: 10 }, () => print) } })
    await vi.waitFor(() => expect(ended).toBe(10))
    expect(most).toBe(1)
  })
})

describe('stats', () => {
  it('say how many tasks are in which state, of one tenant or of all', async () => {
    const server = await started(makeReport)
    await createReport(server)
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 1, queued: 0 }))
    expect(await server.stats({ tenantId: 'acme' })).toMatchObject({ completed: 1 })
    expect(await server.stats({ tenantId: 'other' })).toMatchObject({ completed: 0 })
  })
})
