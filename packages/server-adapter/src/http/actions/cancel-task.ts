import { type CancelOutcome, isTerminal, TASK_STATUSES, TaskError } from '@brandkit/core'
import { actorOf } from '../../principal.js'
import { toTaskJson } from '../../runtime/to-task-json.js'
import type { StoredTask } from '../../store/task-store.js'
import { actOnMatching, type MatchingAct, MATCHING_DESCRIPTION } from '../act-on-matching.js'
import { type ActionWork, defineAction } from '../define-action.js'
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
    summary: 'Cancel one task, several, a batch, or all that match a filter',
    description: `Of several tasks each has an outcome of its own. Cancelling twice gives the same answer. ${MATCHING_DESCRIPTION}`,
    replies: { 200: { description: 'Cancelled, now or before.' } },
    errors: ['task_not_found', 'batch_not_found', 'task_is_over', 'task_gone'],
  },
  async ({ request, ...work }) => {
    if ('taskId' in request) return { body: { task: toTaskJson(await cancelOne(request.taskId, work)) } }
    if ('filter' in request) return { body: await actOnMatching(request, cancelMatching(work), work) }

    const { scope } = work
    const taskIds =
      'taskIds' in request
        ? [...new Set(request.taskIds)]
        : (await readBatch(request.batchId, scope, work)).map(({ taskId }) => taskId)
    const outcomes = await Promise.all(
      taskIds.map(async (taskId) => ({ taskId, outcome: (await cancel(taskId, work)).outcome })),
    )
    return { body: { outcomes } }
  },
)

function cancelMatching(work: ActionWork): MatchingAct {
  return {
    statuses: TASK_STATUSES.filter((status) => !isTerminal(status)),
    order: 'together',
    async act(taskId) {
      await cancelOne(taskId, work)
    },
  }
}

/** @throws TaskError `task_not_found`, `forbidden`, `task_is_over` */
async function cancelOne(taskId: string, work: ActionWork): Promise<StoredTask> {
  const { task, outcome } = await cancel(taskId, work)
  if (outcome === 'cancelled') return task
  if (outcome === 'missing') throw await outOfReach(taskId, 'cancel', work)
  throw new TaskError('task_is_over', `Task ${taskId} is ${task.status}; it cannot be cancelled.`)
}

type Cancelled = { outcome: Exclude<CancelOutcome, 'missing'>; task: StoredTask } | { outcome: 'missing'; task?: never }

async function cancel(
  taskId: string,
  { store, scope, principal, tellCancelled, logger, traceId }: ActionWork,
): Promise<Cancelled> {
  // Write first, then explain: reading first would race with the worker and with a second cancel.
  const cancelled = await store.cancel(taskId, scope, { by: actorOf(principal) })
  if (cancelled) {
    await tellCancelled(cancelled)
    logger.info('Updated task status to cancelled', { taskId, traceId: cancelled.traceId, requestTraceId: traceId })
    return { outcome: 'cancelled', task: cancelled }
  }
  const [task] = await store.find([taskId], scope)
  if (!task) return { outcome: 'missing' }
  // Cancelling twice is not a mistake: both calls get the same answer.
  return { outcome: task.status === 'cancelled' ? 'cancelled' : 'over', task }
}
