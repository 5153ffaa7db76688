import { type CancelOutcome, TaskError, type TaskLogger } from '@brandkit/core'
import type { TaskScope } from '../../principal.js'
import { toTaskJson } from '../../runtime/to-task-json.js'
import type { StoredTask } from '../../store/task-store.js'
import { type ActionServices, defineAction } from '../define-action.js'
import { outOfReach } from '../find-task.js'
import { readBatch } from '../read-many.js'

/**
 * `POST /api/jobs?action=cancel` ends tasks now; the store refuses further writes of their workers.
 *
 * If a single task cannot be cancelled, the answer is an error. In a request for several tasks it is an outcome.
 */
export const cancelTask = defineAction(
  'cancel',
  {
    id: 'cancelTask',
    summary: 'Cancel one task, several, or a batch',
    description: 'Of several tasks each has an outcome of its own. Cancelling twice gives the same answer.',
    replies: { 200: { description: 'Cancelled, now or before.' } },
    errors: ['task_not_found', 'batch_not_found', 'task_is_over', 'task_gone'],
  },
  async ({ request, scope, ...services }) => {
    if ('taskId' in request) {
      const { task, outcome } = await cancel(request.taskId, scope, services)
      if (outcome === 'cancelled') return { body: { task: toTaskJson(task) } }
      if (outcome === 'missing') throw await outOfReach(request.taskId, 'cancel', services)
      throw new TaskError('task_is_over', `Task ${task.taskId} is ${task.status}; it cannot be cancelled.`)
    }

    const taskIds =
      'taskIds' in request
        ? [...new Set(request.taskIds)]
        : (await readBatch(request.batchId, scope, services)).map(({ taskId }) => taskId)
    const outcomes = await Promise.all(
      taskIds.map(async (taskId) => ({ taskId, outcome: (await cancel(taskId, scope, services)).outcome })),
    )
    return { body: { outcomes } }
  },
)

type Cancelled = { outcome: Exclude<CancelOutcome, 'missing'>; task: StoredTask } | { outcome: 'missing'; task?: never }

async function cancel(
  taskId: string,
  scope: TaskScope,
  {
    store,
    worker,
    releaseHeld,
    lifecycle,
    logger,
    traceId,
  }: Pick<ActionServices, 'store' | 'worker' | 'releaseHeld' | 'lifecycle'> & {
    logger: TaskLogger
    traceId: string
  },
): Promise<Cancelled> {
  // Write first, then explain: reading first would race with the worker and with a second cancel.
  const cancelled = await store.cancel(taskId, scope)
  if (cancelled) {
    // The store's watch tells every process. This process's worker is told directly, which is faster.
    worker.onChanges([cancelled])
    lifecycle('cancelled', cancelled)
    await releaseHeld(cancelled)
    logger.info('Updated task status to cancelled', { taskId, traceId: cancelled.traceId, requestTraceId: traceId })
    return { outcome: 'cancelled', task: cancelled }
  }
  const [task] = await store.find([taskId], scope)
  if (!task) return { outcome: 'missing' }
  // Cancelling twice is not a mistake: both calls get the same answer.
  return { outcome: task.status === 'cancelled' ? 'cancelled' : 'over', task }
}
