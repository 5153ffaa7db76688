import { describeError, type TaskLogger } from '@brandkit/core'
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

export function createPublisher({ queue, logger }: { queue: QueueBackend; logger: TaskLogger }): Publisher {
  const underWay = new Set<Promise<void>>()

  async function enqueue(deliveries: readonly Delivery[]): Promise<void> {
    try {
      await queue.enqueue(deliveries)
    } catch (error) {
      logger.warn(`Could not publish ${deliveries.length} deliveries; their alarms will ring`, {
        reason: describeError(error),
      })
    }
  }

  return {
    async publish(deliveries) {
      if (deliveries.length === 0) return
      const publication = enqueue(deliveries)
      underWay.add(publication)
      await publication
      underWay.delete(publication)
    },
    async idle() {
      await Promise.all(underWay)
    },
  }
}

/** The delivery of a task that was just stored as queued. `now` is this process's clock: a wrong one merely delivers early or late. */
export function toDelivery({ taskId, priority, rings, runAt }: StoredTask, now: number = Date.now()): Delivery {
  return { taskId, priority: deliveryPriority(priority, rings), delayMs: Math.max(0, Date.parse(runAt) - now) }
}
