import { isTerminal, type RetryFrom, TaskError } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import type { StoredTask } from '../../store/task-store.js'
import { actOnMatching, type MatchingAct, MATCHING_DESCRIPTION } from '../act-on-matching.js'
import { accepted, ACCEPTED_HEADERS, CREATE_ERRORS, RATE_HEADERS } from '../accepted.js'
import { type ActionWork, defineAction } from '../define-action.js'
import { assertContent, outOfReach } from '../find-task.js'

/**
 * `POST /api/jobs?action=retry` repeats a failed or cancelled task as a new task with `retryOf`, which begins with what is
 * finished. `from: { step }` repeats any ended task from that step on. The old task does not change. Further retries of the old
 * task with the same `from` give the same new task. It belongs to the owner of the old one; `createdBy` names
 * the caller.
 */
export const retryTask = defineAction(
  'retry',
  {
    id: 'retryTask',
    summary: 'Do the work of a failed or cancelled task again, or of all that match a filter',
    description: `Creates a new task with \`retryOf\`, for the same owner. It keeps the finished steps, unless \`from\` is \`start\` or names the step to begin with; the latter also for a completed task. Asking twice with the same \`from\` gives the same task. ${MATCHING_DESCRIPTION}`,
    anyHeaders: RATE_HEADERS,
    replies: {
      202: {
        description: 'The new task.',
        headers: ACCEPTED_HEADERS,
      },
      200: { description: 'What became of the tasks that match.' },
    },
    errors: [
      ...CREATE_ERRORS,
      'task_not_found',
      'task_is_active',
      'task_is_over',
      'task_gone',
      'content_unreadable',
      'payload_outdated',
    ],
  },
  async ({ request, ...work }) => {
    if ('filter' in request) return { body: await actOnMatching(request, retryMatching(work), work) }
    const task = await retryOne(request.taskId, work, request.from)
    const { taskId } = task
    return accepted({ task: toTaskJson(task) }, `taskId=${taskId}`, work.estimates.expectAtOnce([task]))
  },
)

function retryMatching(work: ActionWork): MatchingAct {
  return {
    statuses: ['failed', 'cancelled'],
    order: 'in turn',
    act: async (taskId) => ({ newTaskId: (await retryOne(taskId, work)).taskId }),
  }
}

async function retryOne(taskId: string, work: ActionWork, from?: RetryFrom): Promise<StoredTask> {
  const { store, scope, principal, creator, createRate, headers, replyHeaders, traceId } = work
  const [found] = await store.find([taskId], scope)
  if (!found) throw await outOfReach(taskId, 'retry', work)
  const ended = assertContent(found)
  const { status } = ended
  if (!isTerminal(status))
    throw new TaskError('task_is_active', 'This task is still under way. Cancel it first, or wait for its end.')
  if (status === 'completed' && typeof from !== 'object')
    throw new TaskError(
      'task_is_over',
      'This task is completed. To do it once more, start a new one, or choose the step to begin with.',
    )

  const quota = await createRate(principal, 1)
  Object.assign(replyHeaders, quota.headers)
  const task = await creator.retry(principal, ended, {
    traceId,
    traceparent: headers.get('traceparent'),
    refusal: quota.refusal,
    from,
  })
  if (task.purgedAt) throw new TaskError('task_gone', 'This task was tried again, and the content of that was removed.')
  return task
}
