import { memoryQueue } from '../../src/memory.js'
import type { QueueBackend } from '../../src/queue/queue-backend.js'

export interface QueueMutant {
  name: string
  /** The name of the suite's test that must fail. */
  breaks: string
  breakIt: (queue: QueueBackend) => Partial<QueueBackend>
}

export const QUEUE_MUTANTS: readonly QueueMutant[] = [
  {
    name: 'delivers at once what was meant for later',
    breaks: 'holds a message back for its delay, and no others with it',
    breakIt: (queue) => ({
      enqueue: (deliveries) => queue.enqueue(deliveries.map((delivery) => ({ ...delivery, delayMs: 0 }))),
    }),
  },
  {
    name: 'tries a delivery that throws three times',
    breaks: 'goes on after a delivery that throws, and does not repeat it: the app owns retries',
    breakIt: (queue) => ({
      consume: async (consumer) => {
        await queue.consume?.({
          free: () => consumer.free(),
          whenFree: () => consumer.whenFree(),
          look: (limit) => consumer.look(limit),
          deliver: (taskId, priority) =>
            consumer
              .deliver(taskId, priority)
              .catch(() => consumer.deliver(taskId, priority))
              .catch(() => consumer.deliver(taskId, priority)),
        })
      },
    }),
  },
  {
    name: 'says that it holds nothing',
    breaks: 'counts the messages that are due and wait',
    breakIt: () => ({ depth: async () => 0 }),
  },
]

/** The memory queue with one fault. */
export function mutantQueue({ breakIt }: QueueMutant): QueueBackend {
  const queue = memoryQueue()
  return { ...queue, ...breakIt(queue) }
}
