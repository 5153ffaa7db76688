import { TaskError } from '@brandkit/core'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { memoryQueue, memoryStore } from '../../memory.js'
import { deliveryPriority } from '../../queue/queue-backend.js'
import type { TaskStore } from '../../store/task-store.js'
import { byMessage } from '../../../proofs/fixtures/by-message.js'
import { createReport, makeReport, sampleServer, statusOf } from '../../../proofs/fixtures/sample-tasks.js'

/** A store with one method that fails like a lost database, as long as `down` returns true. */
function interrupted(method: 'settle' | 'checkpoint' | 'report' | 'maintain', down: () => boolean): TaskStore {
  const store = memoryStore()
  const original = store[method] as (...args: unknown[]) => Promise<unknown>
  return {
    ...store,
    [method]: (...args: unknown[]) =>
      down() ? Promise.reject(new TaskError('store_unavailable', 'The database is restarting.')) : original(...args),
  }
}

const servers: ReturnType<typeof sampleServer>[] = []
async function started(...args: Parameters<typeof sampleServer>) {
  const server = sampleServer(...args)
  servers.push(server)
  await server.start()
  return server
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

describe('while the store cannot be reached', () => {
  it.each(['settle', 'checkpoint'] as const)('keeps what a generator made until %s works again', async (method) => {
    let failures = 0
    const generator = vi.fn(makeReport)
    const server = await started(generator, { store: interrupted(method, () => ++failures <= 3) })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    expect(failures).toBeGreaterThan(3)
    expect(generator).toHaveBeenCalledOnce()
  })

  it('does not fail a task over progress that could not be written', async () => {
    const server = await started(
      async (context) => {
        await context.progress(50)
        return makeReport(context)
      },
      { store: interrupted('report', () => true) },
    )
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  })
})

describe('while the queue cannot be reached', () => {
  it('accepts tasks, and the alarm in the row delivers them later', async () => {
    let now = Date.now()
    const queue = byMessage(memoryQueue())
    // The queue accepts only deliveries by alarms, so publishing the first message again has no effect.
    const enqueue = vi.fn<typeof queue.enqueue>(async (deliveries) => {
      if (deliveries.some(({ priority }) => priority === deliveryPriority('normal', 0))) throw new Error('queue down')
      return queue.enqueue(deliveries)
    })
    const server = await started(makeReport, { store: memoryStore({ now: () => now }), queue: { ...queue, enqueue } })
    const taskId = await createReport(server)
    await vi.waitFor(() => expect(enqueue).toHaveBeenCalled())
    expect((await statusOf(server, taskId)).status).toBe('queued')
    now += 31_000
    await server.maintain()
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
  })
})

describe('maintenance', () => {
  it('expires no lease until workers had the time of one lease to beat', async () => {
    const store = memoryStore()
    const maintain = vi.spyOn(store, 'maintain')
    const server = await started(makeReport, { store, timings: { leaseMs: 60_000, drainMs: 0 } })
    await server.maintain()
    expect(maintain.mock.calls.map(([{ expireLeases }]) => expireLeases)).toEqual(['not-yet', 'not-yet'])

    const passing = sampleServer(makeReport, { store })
    await passing.maintain()
    // A process that lives for one request has seen no outage.
    expect(maintain.mock.lastCall?.[0].expireLeases).toBe('yes')
  })

  it('expires leases also where a pass takes longer than a lease: slow is not away', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const store = memoryStore()
    const { maintain } = store
    const slow = vi.spyOn(store, 'maintain').mockImplementation(async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      return maintain(input)
    })
    const server = await started(makeReport, {
      store,
      timings: { leaseMs: 1_000, beatMs: 200, maintenanceMs: 100, drainMs: 0 },
    })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(slow.mock.lastCall?.[0].expireLeases).toBe('yes')
    const stopping = server.stop()
    await vi.advanceTimersByTimeAsync(20_000)
    await stopping
  })

  it('expires none soon after an outage either, in a process that only takes requests', async () => {
    let down = true
    const store = interrupted('maintain', () => down)
    const maintain = vi.spyOn(store, 'maintain')
    const web = sampleServer(makeReport, { store })
    await expect(web.maintain()).rejects.toThrow('The database is restarting.')
    down = false
    await web.maintain()
    expect(maintain.mock.calls.map(([{ expireLeases }]) => expireLeases)).toEqual(['yes', 'not-yet'])
  })

  it('gives the task of a dead worker to another, which does not repeat finished steps', async () => {
    let now = Date.now()
    const store = memoryStore({ now: () => now })
    const drafts = vi.fn(() => ['a'])
    // The first process dies suddenly: its heartbeat stops, and it releases no task.
    await store.open()
    const dead = sampleServer(makeReport, { store })
    const taskId = await createReport(dead)
    const claim = await store.claim({ taskId, knownTypes: ['MAKE_REPORT'], leaseMs: 30_000 })
    if (claim.outcome !== 'claimed') throw new Error(`The claim was ${claim.outcome}.`)
    await store.checkpoint(claim.lease, { step: 'draft', output: ['a'] })

    now += 31_000
    await sampleServer(makeReport, { store }).maintain()
    const server = await started(
      async ({ step, attempt }) => {
        await step('draft', drafts)
        return { reportId: `attempt ${attempt}`, pages: await step('print', () => 1) }
      },
      { store },
    )
    now += 31_000
    await server.maintain()
    await vi.waitFor(async () =>
      expect(await statusOf(server, taskId)).toMatchObject({ status: 'completed', retryCount: 1 }),
    )
    expect(drafts).not.toHaveBeenCalled()
  })
})
