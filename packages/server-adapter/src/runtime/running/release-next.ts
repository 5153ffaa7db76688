import { describeError, type TaskLogger } from '@brandkit/core'
import { deliveryPriority } from '../../queue/queue-backend.js'
import type { EndedTask } from '../../store/release-next.js'
import type { ClaimLimits } from '../../store/store-limits.js'
import type { TaskStore } from '../../store/task-store.js'
import type { Publisher } from '../publisher.js'

/** Called when a task stops running: delivers tasks that waited for it, or that a limit held back. Never rejects. */
export type ReleaseNext = (ended: EndedTask) => Promise<void>

export function createReleaseNext({
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
}): ReleaseNext {
  return async (ended) => {
    if (!limits && !ended.awaited) return
    try {
      const due = await store.releaseNext(ended, { limits })
      await publisher.publish(
        due.map((task) => ({
          taskId: task.taskId,
          priority: deliveryPriority(task.priority, task.rings),
          delayMs: task.dueInMs,
        })),
      )
    } catch (error) {
      logger.warn('Waiting tasks could not be released; maintenance will', {
        taskId: ended.taskId,
        reason: describeError(error),
      })
    }
  }
}
