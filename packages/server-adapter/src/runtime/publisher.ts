import { describeError, type TaskLogger } from '@brandkit/core'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'
import { deliveryPriority } from '../queue/queue-backend.js'
import type { StoredTask } from '../store/task-store.js'
import { createRefusedDeliveries } from './refused-deliveries.js'

/**
 * Publishes deliveries after commit. Never rejects: refused deliveries are published again in the background for 15
 * seconds, and the row's alarm replaces lost ones. A queue that is down therefore delays tasks but loses none.
 */
export interface Publisher {
  /** Resolves when the engine has accepted the deliveries, or has refused them for the first time. */
  publish(deliveries: readonly Delivery[]): Promise<void>
  /**
   * Takes a hint back whose task has left the local line. Returns without waiting, and never throws, because a hint that stays
   * is harmless.
   */
  withdraw(taskId: string): void
  /**
   * Stops publishing refused deliveries again. Resolves when all first tries have ended, without waiting for repeated tries.
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
    withdraw(taskId) {
      refused.forgetHint(taskId)
      try {
        queue.withdraw?.(taskId)
      } catch (error) {
        // A driver's mistake must not cost the line its slot.
        logger.warn('A hint could not be withdrawn; its claim will fail', { taskId, reason: describeError(error) })
      }
    },
    async close() {
      refused.close()
      await Promise.all(underWay)
    },
  }
}

/**
 * Makes the delivery of a task that was just stored as queued. `now` is the time by this process's clock; a wrong clock only
 * delivers early or late, and only tasks that were not due when they were created.
 */
export function toDelivery({ taskId, priority, rings, runAt, createdAt }: StoredTask, now: number): Delivery {
  const delayMs = runAt === createdAt ? 0 : Math.max(0, Date.parse(runAt) - now)
  return { taskId, priority: deliveryPriority(priority, rings), delayMs }
}
