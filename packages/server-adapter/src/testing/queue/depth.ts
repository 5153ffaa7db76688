import { describe, expect, it } from 'vitest'
import { deliveriesOf, idsOf, type OpenBackend, PATIENCE } from './queue-harness.js'
import { createRecordingConsumer } from './recording-consumer.js'

/** The promises of a backend with `depth()`. */
export function describeDepth(openBackend: OpenBackend): void {
  describe('with a depth', () => {
    it('counts the messages that are due and wait', async () => {
      const queue = await openBackend()
      await queue.enqueue(deliveriesOf(idsOf(3)))
      await queue.enqueue([
        { taskId: 'tomorrow', priority: 1, delayMs: Math.min(86_400_000, queue.capabilities.maxDelayMs) },
      ])
      expect(await queue.depth?.()).toBe(3)

      await queue.consume(createRecordingConsumer())

      await expect.poll(() => queue.depth?.(), PATIENCE).toBe(0)
    })
  })
}
