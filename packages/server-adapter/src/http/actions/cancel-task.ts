import { cancelTaskSchema, TaskError } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import { defineAction } from '../define-action.js'

/** `POST /api/jobs?action=cancel` ends a task now; a worker that is still busy with it can write nothing more. */
export const cancelTask = defineAction(
  'cancel',
  { schema: cancelTaskSchema },
  async ({ request, store, scope, worker, releaseHeld, lifecycle, logger, traceId }) => {
    // Write first, then explain: reading first would race with the worker and with a second cancel.
    const cancelled = await store.cancel(request.taskId, scope)
    if (cancelled) {
      // The watch tells every process; telling our own worker directly spares it the way round.
      worker.notice([cancelled])
      lifecycle('cancelled', cancelled)
      await releaseHeld(cancelled)
      logger.info('Updated task status to cancelled', {
        taskId: cancelled.taskId,
        traceId: cancelled.traceId,
        requestTraceId: traceId,
      })
      return { body: { task: toTaskJson(cancelled) } }
    }

    const [task] = await store.find([request.taskId], scope)
    // Somebody else's task is reported as missing, so that ids cannot be probed.
    if (!task) throw new TaskError('task_not_found', 'There is no such task. It may belong to another account.')
    // Cancelling twice is not a mistake: both calls get the same answer.
    if (task.status === 'cancelled') return { body: { task: toTaskJson(task) } }
    throw new TaskError('task_is_over', `Task ${task.taskId} is ${task.status}; it cannot be cancelled.`)
  },
)
