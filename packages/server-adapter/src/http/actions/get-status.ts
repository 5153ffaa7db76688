import { getStatusSchema, isTerminal, TaskError, toTaskBatch } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import type { StoredTask } from '../../store/task-store.js'
import { defineAction } from '../define-action.js'
import { readBatch } from '../read-batch.js'

/** When asking again makes sense while something is still going on, in milliseconds. */
const POLL_AFTER_MS = 1_000

/** `GET /api/jobs?action=status` reads one task, up to 100, or a batch as a whole. */
export const getStatus = defineAction('status', { schema: getStatusSchema }, async ({ request, store, scope }) => {
  if ('taskIds' in request) {
    const tasks = await store.find(request.taskIds, scope)
    const found = new Set(tasks.map(({ taskId }) => taskId))
    return reply(tasks, {
      tasks: tasks.map(withoutPayload),
      missing: request.taskIds.filter((taskId) => !found.has(taskId)),
    })
  }

  if ('batchId' in request) {
    const tasks = await readBatch(request.batchId, scope, { store })
    return reply(tasks, { batch: toTaskBatch(request.batchId, tasks) })
  }

  const [task] = await store.find([request.taskId], scope)
  // Somebody else's task is reported as missing, so that ids cannot be probed.
  if (!task) throw new TaskError('task_not_found', 'There is no such task. It may belong to another account.')
  if (task.purgedAt) throw new TaskError('task_gone', `Task ${task.taskId} has ended and its content was removed.`)
  return reply([task], { task: toTaskJson(task) })
})

function reply(tasks: readonly StoredTask[], body: object) {
  const active = tasks.some(({ status }) => !isTerminal(status))
  if (!active) return { body }
  return { headers: { 'retry-after': String(POLL_AFTER_MS / 1_000) }, body: { ...body, pollAfterMs: POLL_AFTER_MS } }
}

/** A payload never changes, so it is only sent with a task that is read alone. */
function withoutPayload(stored: StoredTask): object {
  const { payload: _, ...task } = toTaskJson(stored)
  return task
}
