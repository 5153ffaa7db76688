import { describe, expect, it } from 'vitest'
import { deliveriesOf, idsOf, type OpenBackend, PATIENCE } from './queue-harness.js'
import { createRecordingConsumer } from './recording-consumer.js'

/** The promises of a backend whose `capabilities.durable` is true. */
export function describeDurability(openBackend: OpenBackend): void {
  describe('with messages that survive the process', () => {
    it('keeps messages for the next process', async () => {
      const leaving = await openBackend()
      await leaving.enqueue(deliveriesOf(['task-1']))
      await leaving.close()

      const coming = await openBackend()
      const consumer = createRecordingConsumer()
      await coming.consume(consumer)

      await expect.poll(() => consumer.delivered, PATIENCE).toEqual(['task-1'])
    })

    it('acknowledges a message once its claim is decided, so that nobody else gets it', async () => {
      const first = await openBackend()
      const consumer = createRecordingConsumer({ runsUntil: 'told' })
      await first.consume(consumer)
      await first.enqueue(deliveriesOf(idsOf(20)))
      await expect.poll(() => consumer.delivered.length, PATIENCE).toBe(10)
      // Ten tasks run and ten wait: the next process gets only the waiting ones.
      await first.close()

      const second = await openBackend()
      const successor = createRecordingConsumer({ room: 20 })
      await second.consume(successor)

      await expect.poll(() => successor.delivered.length, PATIENCE).toBe(10)
      expect([...consumer.delivered, ...successor.delivered].toSorted()).toEqual(idsOf(20))
    })

    it('delivers to one of several processes what another has published', async () => {
      const publisher = await openBackend()
      const workers = await Promise.all([openBackend(), openBackend()])
      const consumers = workers.map(() => createRecordingConsumer({ room: 5, runsUntil: 'told' }))
      for (const [index, consumer] of consumers.entries()) await workers[index]?.consume(consumer)

      await publisher.enqueue(deliveriesOf(idsOf(10)))

      await expect.poll(() => consumers.map(({ delivered }) => delivered.length), PATIENCE).toEqual([5, 5])
      expect(consumers.flatMap(({ delivered }) => delivered).toSorted()).toEqual(idsOf(10))
    })
  })
}
