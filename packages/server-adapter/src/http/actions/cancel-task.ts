import { type CancelOutcome, isTerminal, TASK_STATUSES, TaskError } from '@brandkit/core'
import type { Protocol } from '@brandkit/core/schemas'
import type * as z from 'zod'
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
    const cancelling: Cancelling = { ...work, cancelled: [] }
    try {
      return { body: await cancelAsked(request, cancelling) }
    } finally {
      // The end of one lets those fail that wait for it, so all are cancelled first.
      await Promise.all(cancelling.cancelled.map(work.tellCancelled))
    }
  },
)

interface Cancelling extends ActionWork {
  /** What this request has cancelled. */
  cancelled: StoredTask[]
}

async function cancelAsked(request: z.output<Protocol['cancel']['request']>, work: Cancelling) {
  if ('taskId' in request) return { task: toTaskJson(await cancelOne(request.taskId, work)) }
  if ('filter' in request) return actOnMatching(request, cancelMatching(work), work)

  const { scope } = work
  const taskIds =
    'taskIds' in request
      ? [...new Set(request.taskIds)]
      : (await readBatch(request.batchId, scope, work)).map(({ taskId }) => taskId)
  const outcomes = await Promise.all(
    taskIds.map(async (taskId) => ({ taskId, outcome: (await cancel(taskId, work)).outcome })),
  )
  return { outcomes }
}

function cancelMatching(work: Cancelling): MatchingAct {
  return {
    statuses: TASK_STATUSES.filter((status) => !isTerminal(status)),
    order: 'together',
    async act(taskId) {
      await cancelOne(taskId, work)
    },
  }
}

/** @throws TaskError `task_not_found`, `forbidden`, `task_is_over` */
async function cancelOne(taskId: string, work: Cancelling): Promise<StoredTask> {
  const { task, outcome } = await cancel(taskId, work)
  if (outcome === 'cancelled') return task
  if (outcome === 'missing') throw await outOfReach(taskId, 'cancel', work)
  throw new TaskError('task_is_over', `This task is ${task.status} already; it cannot be cancelled.`)
}

type Cancelled = { outcome: Exclude<CancelOutcome, 'missing'>; task: StoredTask } | { outcome: 'missing'; task?: never }

async function cancel(
  taskId: string,
  { store, scope, principal, cancelled: all, logger, traceId }: Cancelling,
): Promise<Cancelled> {
  // Write first, then explain: reading first would race with the worker and with a second cancel.
  const cancelled = await store.cancel(taskId, scope, { by: actorOf(principal) })
  if (cancelled) {
    all.push(cancelled)
    logger.info('Updated task status to cancelled', { taskId, traceId: cancelled.traceId, requestTraceId: traceId })
    return { outcome: 'cancelled', task: cancelled }
  }
  const [task] = await store.find([taskId], scope)
  if (!task) return { outcome: 'missing' }
  // Cancelling twice is not a mistake: both calls get the same answer.
  return { outcome: task.status === 'cancelled' ? 'cancelled' : 'over', task }
}
