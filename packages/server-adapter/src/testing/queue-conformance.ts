import { describe, expect, it } from 'vitest'
import { describeDepth } from './queue/depth.js'
import { describeDurability } from './queue/durability.js'
import { deliveriesOf, idsOf, PATIENCE, type QueueUnderTest, useQueueHarness } from './queue/queue-harness.js'
import { describePriorities } from './queue/priority.js'
import { createRecordingConsumer } from './queue/recording-consumer.js'

/** Everything that a pulled `QueueBackend` promises. A driver is finished when this passes. */
export function describeQueueBackend(name: string, under: QueueUnderTest): void {
  const sample = under.create()

  describe(`QueueBackend: ${name}`, { timeout: 3 * PATIENCE.timeout }, () => {
    const { openBackend } = useQueueHarness(under)

    it('delivers every message to the consumer, once while nothing goes wrong', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer()
      await queue.consume(consumer)

      await queue.enqueue(deliveriesOf(['task-1', 'task-2']))
      await queue.enqueue(deliveriesOf(['task-3']))

      await expect.poll(() => consumer.delivered.toSorted(), PATIENCE).toEqual(['task-1', 'task-2', 'task-3'])
    })

    it('delivers what was published before anybody consumed', async () => {
      const queue = await openBackend()
      await queue.enqueue(deliveriesOf(['task-1']))

      const consumer = createRecordingConsumer()
      await queue.consume(consumer)

      await expect.poll(() => consumer.delivered, PATIENCE).toEqual(['task-1'])
    })

    it('takes an empty list for nothing to do', async () => {
      const queue = await openBackend()
      await expect(queue.enqueue([])).resolves.toBeUndefined()
    })

    it('brings a thousand published at once', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer({ room: 50 })
      await queue.consume(consumer)
      const taskIds = idsOf(1_000)

      await queue.enqueue(deliveriesOf(taskIds))

      await expect.poll(() => consumer.delivered.length, PATIENCE).toBe(1_000)
      expect(consumer.delivered.toSorted()).toEqual(taskIds)
      expect(consumer.overflow).toEqual([])
    })

    it('brings hundreds that are published one by one at the same time', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer()
      await queue.consume(consumer)
      const taskIds = idsOf(300)

      await Promise.all(taskIds.map((taskId) => queue.enqueue(deliveriesOf([taskId]))))

      await expect.poll(() => consumer.delivered.toSorted(), PATIENCE).toEqual(taskIds)
    })

    it('never delivers more than there is room for', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer({ room: 3, runsUntil: 'told' })
      await queue.enqueue(deliveriesOf(idsOf(12)))
      await queue.consume(consumer)

      for (let delivered = 3; delivered <= 12; delivered += 1) {
        await expect.poll(() => consumer.delivered.length, PATIENCE).toBe(delivered)
        consumer.finish()
      }

      expect(consumer.overflow).toEqual([])
    })

    it('holds a message back for its delay, and no others with it', async () => {
      const delayMs = Math.min(400, sample.capabilities.maxDelayMs)
      const queue = await openBackend()
      const arrivals = new Map<string, number>()
      const consumer = createRecordingConsumer({
        decide: async (taskId) => void arrivals.set(taskId, performance.now() - publishedAt),
      })
      await queue.consume(consumer)
      const publishedAt = performance.now()

      await queue.enqueue([
        { taskId: 'later', priority: 9, delayMs },
        { taskId: 'now', priority: 0, delayMs: 0 },
      ])

      await expect.poll(() => [...arrivals.keys()].toSorted(), PATIENCE).toEqual(['later', 'now'])
      // Timers may fire a millisecond early, and engines may have coarse clocks.
      expect(arrivals.get('later')).toBeGreaterThan(delayMs - 20)
    })

    it('goes on after a delivery that throws, and does not repeat it: the app owns retries', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer({
        room: 1,
        decide: async (taskId) => {
          if (taskId === 'task-1') throw new Error('The store cannot be reached.')
        },
      })
      await queue.consume(consumer)

      await queue.enqueue(deliveriesOf(['task-1']))
      await expect.poll(() => consumer.delivered, PATIENCE).toContain('task-1')
      await queue.enqueue(deliveriesOf(['task-2']))
      await expect.poll(() => consumer.delivered, PATIENCE).toContain('task-2')
      await queue.enqueue(deliveriesOf(['task-3']))
      await expect.poll(() => consumer.delivered, PATIENCE).toContain('task-3')

      // With room for one task, a message that the engine repeats would come before the last one.
      expect(consumer.delivered).toEqual(['task-1', 'task-2', 'task-3'])
    })

    it('lets deliveries in hand finish before it is closed', async () => {
      const queue = await openBackend()
      const claim = Promise.withResolvers<void>()
      const consumer = createRecordingConsumer({ decide: () => claim.promise })
      await queue.consume(consumer)
      await queue.enqueue(deliveriesOf(['task-1']))
      await expect.poll(() => consumer.delivered, PATIENCE).toEqual(['task-1'])

      let isClosed = false
      const closing = queue.close().then(() => (isClosed = true))
      // One turn of the event loop: enough for a wrong close, which does not wait.
      await new Promise((resolve) => setImmediate(resolve))
      expect(isClosed).toBe(false)
      claim.resolve()

      await closing
      expect(consumer.delivered).toEqual(['task-1'])
    })

    it('can be closed while the consumer has no room, and twice', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer({ room: 1, runsUntil: 'told' })
      await queue.consume(consumer)
      await queue.enqueue(deliveriesOf(idsOf(5)))
      await expect.poll(() => consumer.delivered.length, PATIENCE).toBe(1)

      await queue.close()
      await queue.close()
      consumer.finish()

      expect(consumer.delivered).toHaveLength(1)
    })

    it('carries hostile ids unchanged', async () => {
      const queue = await openBackend()
      const consumer = createRecordingConsumer()
      await queue.consume(consumer)

      await queue.enqueue(deliveriesOf(HOSTILE_IDS))

      await expect.poll(() => consumer.delivered.toSorted(), PATIENCE).toEqual(HOSTILE_IDS.toSorted())
    })

    it('shares the work between two consumers', async () => {
      const queue = await openBackend()
      const first = createRecordingConsumer({ room: 2, runsUntil: 'told' })
      const second = createRecordingConsumer({ room: 2, runsUntil: 'told' })
      await queue.consume(first)
      await queue.consume(second)

      await queue.enqueue(deliveriesOf(idsOf(4)))

      await expect.poll(() => [first.delivered.length, second.delivered.length], PATIENCE).toEqual([2, 2])
      expect([...first.delivered, ...second.delivered].toSorted()).toEqual(idsOf(4))
    })

    if (sample.capabilities.priority) describePriorities(openBackend)
    if (sample.capabilities.durable) describeDurability(openBackend)
    if (sample.depth) describeDepth(openBackend)
  })
}

/** Text that a store can hold as an id. NUL and lone surrogates are left out, since every store refuses them. */
const HOSTILE_IDS = [
  `'; drop table tasks; --`,
  '$1 :colon: {curly} [square] "double" \\backslash',
  '../../etc/passwd',
  '__proto__',
  'line\nbreak\ttab\r',
  'ünïcödé 漢字 🦊 \u202Egnirts',
  '{"taskId":"another"}',
  ' ',
  'x'.repeat(1_000),
]
