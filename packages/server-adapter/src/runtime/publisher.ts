import type { TaskLogger } from '@brandkit/core'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'
import { deliveryPriority } from '../queue/queue-backend.js'
import type { StoredTask } from '../store/task-store.js'
import { createRefusedDeliveries } from './refused-deliveries.js'

/**
 * Publishes deliveries after commit. Never rejects: what the engine refuses is published again for 15 seconds, in the
 * background, and a message that gets lost is rung again by the row's own alarm. So a queue that is down delays tasks and
 * loses none.
 */
export interface Publisher {
  /** Resolves when the engine has taken the deliveries, or has refused them for the first time. */
  publish(deliveries: readonly Delivery[]): Promise<void>
  /**
   * Publishes nothing again from now on. Resolves when nothing is on its way to the engine for the first time; a further
   * try that is on its way is not waited for.
   */
  close(): Promise<void>
}

export function createPublisher({ queue, logger }: { queue: QueueBackend; logger: TaskLogger }): Publisher {
  const underWay = new Set<Promise<void>>()
  const refused = createRefusedDeliveries({ queue, logger })

  async function enqueue(deliveries: readonly Delivery[]): Promise<void> {
    const askedAt = performance.now()
    try {
      await queue.enqueue(deliveries)
    } catch (reason) {
      refused.keep(deliveries, { askedAt, reason })
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
    async close() {
      refused.close()
      await Promise.all(underWay)
    },
  }
}

/** The delivery of a task that was just stored as queued. `now` is this process's clock: a wrong one merely delivers early or late. */
export function toDelivery({ taskId, priority, rings, runAt }: StoredTask, now: number): Delivery {
  return { taskId, priority: deliveryPriority(priority, rings), delayMs: Math.max(0, Date.parse(runAt) - now) }
}
