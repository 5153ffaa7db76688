import { isTerminal, TaskError } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import { accepted, ACCEPTED_HEADERS, CREATE_ERRORS, RATE_HEADERS } from '../accepted.js'
import { defineAction } from '../define-action.js'
import { assertContent, outOfReach } from '../find-task.js'

/**
 * `POST /api/jobs?action=retry` repeats a failed or cancelled task as a new task with `retryOf`. The old task does not
 * change. Further retries of the old task give the same new task. It belongs to the owner of the old one; `createdBy` names
 * the caller.
 */
export const retryTask = defineAction(
  'retry',
  {
    id: 'retryTask',
    summary: 'Do the work of a failed or cancelled task again',
    description: 'Creates a new task with `retryOf`, for the same owner. Asking twice gives the same one.',
    anyHeaders: RATE_HEADERS,
    replies: {
      202: {
        description: 'The new task.',
        headers: ACCEPTED_HEADERS,
      },
    },
    errors: [...CREATE_ERRORS, 'task_not_found', 'task_is_active', 'task_is_over', 'task_gone', 'payload_outdated'],
  },
  async ({ request: { taskId }, scope, store, headers, replyHeaders, traceId, ...services }) => {
    const { principal, creator, createRate, estimates } = services
    const [found] = await store.find([taskId], scope)
    if (!found) throw await outOfReach(taskId, 'retry', { store, ...services })
    const ended = assertContent(found)
    const { status } = ended
    if (!isTerminal(status))
      throw new TaskError('task_is_active', `Task ${taskId} is ${status}. Cancel it first, or wait for its end.`)
    if (status === 'completed')
      throw new TaskError('task_is_over', `Task ${taskId} is completed. To do it once more, create a new one.`)

    const quota = await createRate(principal, 1)
    Object.assign(replyHeaders, quota.headers)
    const task = await creator.retry(principal, ended, {
      traceId,
      traceparent: headers.get('traceparent'),
      refusal: quota.refusal,
    })
    if (task.purgedAt)
      throw new TaskError('task_gone', `Task ${taskId} was tried again, and the content of that was removed.`)
    return accepted({ task: toTaskJson(task) }, `taskId=${task.taskId}`, estimates.expectAtOnce([task]))
  },
)
