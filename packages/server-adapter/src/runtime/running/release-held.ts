import { describeError, type TaskLogger } from '@brandkit/core'
import { deliveryPriority } from '../../queue/queue-backend.js'
import type { ClaimLimits } from '../../store/store-limits.js'
import type { StoredTask, TaskStore } from '../../store/task-store.js'
import type { Publisher } from '../publisher.js'

/** Called when a task stops running: delivers tasks that a limit held back because of it. Never rejects. */
export type ReleaseHeld = (ended: Pick<StoredTask, 'taskId' | 'tenantId' | 'userId' | 'type'>) => Promise<void>

export function createReleaseHeld({
  store,
  publisher,
  limits,
  logger,
}: {
  store: TaskStore
  publisher: Publisher
  /** Undefined: no task is ever held. */
  limits: ClaimLimits | undefined
  logger: TaskLogger
}): ReleaseHeld {
  return async ({ taskId, ...ended }) => {
    if (!limits) return
    try {
      const due = await store.releaseHeld(ended, limits)
      await publisher.publish(
        due.map((task) => ({ taskId: task.taskId, priority: deliveryPriority(task.priority, task.rings), delayMs: 0 })),
      )
    } catch (error) {
      logger.warn('Held tasks could not be released; maintenance will', { taskId, reason: describeError(error) })
    }
  }
}
