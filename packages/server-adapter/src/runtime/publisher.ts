import type { TaskLogger } from '@brandkit/core'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'
import { deliveryPriority } from '../queue/queue-backend.js'
import type { StoredTask } from '../store/task-store.js'

/**
 * Publishes deliveries after commit. Never rejects: a message that gets lost is rung again by the row's own alarm,
 * so a queue that is down delays tasks and loses none.
 */
export interface Publisher {
  publish(deliveries: readonly Delivery[]): Promise<void>
  /** Resolves when nothing is on its way to the engine. */
  idle(): Promise<void>
}

/** Most messages that go to the engine in one call. */
const BATCH = 500

export function createPublisher({ queue, logger }: { queue: QueueBackend; logger: TaskLogger }): Publisher {
  let waiting: Delivery[] = []
  let inFlight: Promise<void> | null = null

  // What arrives while a call is under way goes out together in the next.
  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH)
      try {
        await queue.enqueue(batch)
      } catch (error) {
        logger.warn(`Could not publish ${batch.length} deliveries; their alarms will ring`, { reason: String(error) })
      }
    }
    inFlight = null
  }

  return {
    publish(deliveries) {
      if (deliveries.length === 0) return Promise.resolve()
      waiting.push(...deliveries)
      inFlight ??= Promise.resolve().then(flush)
      return inFlight
    },
    async idle() {
      await inFlight
    },
  }
}

/** The delivery of a task that was just stored as queued. `now` is this process's clock: a wrong one merely delivers early or late. */
export function toDelivery({ taskId, priority, rings, runAt }: StoredTask, now: number = Date.now()): Delivery {
  return { taskId, priority: deliveryPriority(priority, rings), delayMs: Math.max(0, Date.parse(runAt) - now) }
}
