import { describe, expect, it } from 'vitest'
import { type OpenBackend, PATIENCE } from './queue-harness.js'
import { createRecordingConsumer } from './recording-consumer.js'

/** The promises of a backend whose `capabilities.priority` is true. */
export function describePriorities(openBackend: OpenBackend): void {
  describe('with priorities', () => {
    it('lets a greater priority overtake', async () => {
      const queue = await openBackend()
      await queue.enqueue([
        { taskId: 'low', priority: 0, delayMs: 0 },
        { taskId: 'aged', priority: 11, delayMs: 0 },
        { taskId: 'normal', priority: 1, delayMs: 0 },
      ])
      await queue.enqueue([{ taskId: 'high', priority: 2, delayMs: 0 }])

      const consumer = createRecordingConsumer({ room: 1 })
      await queue.consume(consumer)

      await expect.poll(() => consumer.delivered, PATIENCE).toEqual(['aged', 'high', 'normal', 'low'])
    })

    it('keeps the order of priorities within one batch', async () => {
      const queue = await openBackend()
      await queue.enqueue(
        [2, 7, 1, 9, 4, 0, 8, 3, 6, 5].map((priority) => ({ taskId: `task-${priority}`, priority, delayMs: 0 })),
      )

      const consumer = createRecordingConsumer({ room: 10 })
      await queue.consume(consumer)

      const ordered = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((priority) => `task-${priority}`)
      await expect.poll(() => consumer.delivered, PATIENCE).toEqual(ordered)
    })
  })
}
