import { silentLogger } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../store/memory-store.js'
import { describeQueueBackend } from '../testing/queue-conformance.js'
import { createRecordingConsumer } from '../testing/queue/recording-consumer.js'
import { memoryQueue } from './memory-queue.js'

const context = () => ({ store: memoryStore(), logger: silentLogger })

describeQueueBackend('memory', { create: memoryQueue, prepare: async () => context() })

describe('memoryQueue', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('delivers equal priorities in the order in which they came', async () => {
    const queue = memoryQueue()
    const consumer = createRecordingConsumer({ room: 1 })
    await queue.open(context())
    await queue.enqueue(['a', 'b', 'c', 'd'].map((taskId) => ({ taskId, priority: 1, delayMs: 0 })))

    await queue.consume?.(consumer)

    await vi.waitFor(() => expect(consumer.delivered).toEqual(['a', 'b', 'c', 'd']))
    await queue.close()
  })

  it('delivers a delayed message exactly when it is due', async () => {
    const queue = memoryQueue()
    const consumer = createRecordingConsumer()
    await queue.open(context())
    await queue.consume?.(consumer)
    await queue.enqueue([{ taskId: 'later', priority: 1, delayMs: 60_000 }])

    await vi.advanceTimersByTimeAsync(59_999)
    expect(consumer.delivered).toEqual([])
    await vi.advanceTimersByTimeAsync(1)

    expect(consumer.delivered).toEqual(['later'])
    await queue.close()
  })

  it('leaves no timer behind when it is closed', async () => {
    const queue = memoryQueue()
    await queue.open(context())
    await queue.consume?.(createRecordingConsumer())
    await queue.enqueue([{ taskId: 'later', priority: 1, delayMs: 60_000 }])

    await queue.close()
    await queue.enqueue([{ taskId: 'too late', priority: 1, delayMs: 60_000 }])

    expect(vi.getTimerCount()).toBe(0)
  })
})
