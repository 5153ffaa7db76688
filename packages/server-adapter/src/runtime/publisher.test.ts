import { createLogger, type LogEntry } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryQueue } from '../memory.js'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'
import type { StoredTask } from '../store/task-store.js'
import { createPublisher, toDelivery } from './publisher.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const BOUND_MS = 15_000
const refuse: QueueBackend['enqueue'] = async () => Promise.reject(new Error("READONLY You can't write."))
const deliveryOf = (taskId: string, delayMs = 0): Delivery => ({ taskId, priority: 1, delayMs })
const many = (count: number) => Array.from({ length: count }, (_, index) => deliveryOf(`task-${index}`))

function withdraw(): never {
  throw new Error('There are no hints here.')
}

/** A publisher for an engine that refuses everything until a test replaces `enqueue`. */
function publisherOf() {
  const enqueue = vi.fn<QueueBackend['enqueue']>(refuse)
  const lines: LogEntry[] = []
  const logger = createLogger({ sink: (entry) => void lines.push(entry) })
  const publisher = createPublisher({ queue: { ...memoryQueue(), enqueue, withdraw }, logger })
  return { enqueue, lines, publisher }
}

describe('a hint that is withdrawn', () => {
  it('is not published again after a refusal, unlike a message that its task needs', async () => {
    const { enqueue, publisher } = publisherOf()
    await publisher.publish([{ ...deliveryOf('hinted'), isHint: true }, deliveryOf('needed')])
    for (const taskId of ['hinted', 'needed']) publisher.withdraw(taskId)
    enqueue.mockResolvedValue()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(enqueue).toHaveBeenLastCalledWith([deliveryOf('needed')])
  })

  it('stays, with a line in the log, if the engine throws', () => {
    const { lines, publisher } = publisherOf()
    publisher.withdraw('a')
    expect(lines).toMatchObject([
      { level: 'warn', fields: { taskId: 'a', reason: expect.stringContaining('There are no hints') } },
    ])
  })
})

describe('what an engine has refused', () => {
  it('is published again as soon as the engine takes it, once, and without a word', async () => {
    const { enqueue, lines, publisher } = publisherOf()
    await publisher.publish([deliveryOf('refused')])
    expect(enqueue).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(4_000)
    const tries = enqueue.mock.calls.length
    expect(tries).toBeGreaterThan(1)

    enqueue.mockResolvedValue()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(enqueue).toHaveBeenCalledTimes(tries + 1)
    expect(enqueue).toHaveBeenLastCalledWith([deliveryOf('refused')])
    expect(lines).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is left to the alarms after 15 seconds and some tries, in one line with the reason', async () => {
    const { enqueue, lines, publisher } = publisherOf()
    await publisher.publish(many(3))
    await vi.advanceTimersByTimeAsync(BOUND_MS)
    const tries = enqueue.mock.calls.length
    expect(tries).toBeGreaterThan(3)
    expect(tries).toBeLessThan(50)
    expect(lines).toMatchObject([
      {
        level: 'warn',
        message: 'Could not publish 3 deliveries; their alarms will ring',
        fields: { reason: expect.stringContaining('READONLY') },
      },
    ])
    expect(vi.getTimerCount()).toBe(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(enqueue).toHaveBeenCalledTimes(tries)
  })

  it('is due when it would have been: the time that has passed is taken off its delay', async () => {
    const { enqueue, publisher } = publisherOf()
    await publisher.publish([deliveryOf('later', 60_000), deliveryOf('soon', 100)])
    await vi.advanceTimersByTimeAsync(5_000)
    enqueue.mockResolvedValue()
    await vi.advanceTimersByTimeAsync(5_000)
    const [later, soon] = enqueue.mock.lastCall?.[0] ?? []
    expect(later).toMatchObject({ taskId: 'later', delayMs: expect.toSatisfy((ms) => ms >= 50_000 && ms <= 55_000) })
    expect(soon).toMatchObject({ taskId: 'soon', delayMs: 0 })
  })

  it('is kept in bounded number, and once for each task: what does not fit is left to the alarms at once', async () => {
    const { enqueue, lines, publisher } = publisherOf()
    await publisher.publish(many(9_999))
    await publisher.publish(many(9_999))
    await publisher.publish(['fits', 'does not', 'nor this'].map((taskId) => deliveryOf(taskId)))
    const taken = new Set<string>()
    enqueue.mockImplementation(async (deliveries) => {
      for (const { taskId } of deliveries) taken.add(taskId)
    })
    await vi.advanceTimersByTimeAsync(BOUND_MS)
    expect(taken.size).toBe(10_000)
    expect(taken).toContain('fits')
    expect(lines).toMatchObject([{ message: 'Could not publish 2 deliveries; their alarms will ring' }])
  })

  it('does not hold up what is published meanwhile, nor the end of the publisher', async () => {
    const { enqueue, lines, publisher } = publisherOf()
    await publisher.publish([deliveryOf('refused')])
    // The next try never gets an answer.
    enqueue.mockReturnValue(new Promise(() => {}))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(enqueue).toHaveBeenCalledTimes(2)
    enqueue.mockResolvedValue()
    await publisher.publish([deliveryOf('new')])
    await publisher.close()
    expect(lines).toMatchObject([{ message: 'Could not publish 1 deliveries; their alarms will ring' }])
  })

  it('is not tried again once the publisher is closed, and what fails then is left to the alarms at once', async () => {
    const { enqueue, lines, publisher } = publisherOf()
    await publisher.publish([deliveryOf('refused')])
    await publisher.close()
    expect(vi.getTimerCount()).toBe(0)
    await publisher.publish([deliveryOf('late')])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(enqueue).toHaveBeenCalledTimes(2)
    expect(lines).toHaveLength(2)
  })
})

describe('a publisher', () => {
  it('sets no timer while the engine takes everything', async () => {
    const { enqueue, publisher } = publisherOf()
    enqueue.mockResolvedValue()
    await publisher.publish(many(3))
    expect(vi.getTimerCount()).toBe(0)
    expect(enqueue.mock.calls).toEqual([[many(3)]])
  })

  it('waits at its end for what is on its way for the first time', async () => {
    const { enqueue, publisher } = publisherOf()
    const { promise, resolve } = Promise.withResolvers<void>()
    enqueue.mockReturnValue(promise)
    const published = publisher.publish(many(1))
    const closed = vi.fn()
    const closing = publisher.close().then(closed)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(closed).not.toHaveBeenCalled()
    resolve()
    await Promise.all([published, closing])
  })
})

describe('the delivery of a new task', () => {
  const task = { taskId: 'a', priority: 'normal', rings: 0, createdAt: '2026-11-30T08:00:01.000Z' } as StoredTask
  const now = Date.parse('2026-11-30T08:00:00.000Z')

  it('waits for nothing if the task was due when it was created, although the clock of the store is ahead', () => {
    expect(toDelivery({ ...task, runAt: task.createdAt }, now)).toMatchObject({ delayMs: 0 })
  })

  it('waits for the time of a later task', () => {
    expect(toDelivery({ ...task, runAt: '2026-11-30T08:00:03.000Z' }, now)).toMatchObject({ delayMs: 3_000 })
  })
})
