import { isTaskError, TaskError } from '@brandkit/core'
import type { KnownPrincipal, TaskScope } from '../principal.js'
import type { Authorization, AuthorizedAction } from '../runtime/authorization.js'
import type { StoredTask, TaskStore } from '../store/task-store.js'

/**
 * Reads a task that the scope may see and whose content still exists.
 *
 * @throws TaskError `task_not_found`, `task_gone`, `content_unreadable`
 */
export async function findTask(
  taskId: string,
  scope: TaskScope,
  { store }: { store: Pick<TaskStore, 'find'> },
): Promise<StoredTask> {
  const [task] = await store.find([taskId], scope)
  if (!task) throw taskNotFound()
  return assertContent(task)
}

/** @throws TaskError `task_gone`, `content_unreadable` */
export function assertContent(task: StoredTask): StoredTask {
  if (task.unreadable) throw task.unreadable
  if (task.purgedAt) throw new TaskError('task_gone', 'This task has ended and its content was removed.')
  return task
}

interface Reaching {
  store: Pick<TaskStore, 'find'>
  principal: KnownPrincipal
  authorization: Authorization
}

/**
 * The error for a task that an action does not reach. A caller who may read the task, such as a colleague's, is told that
 * the action is not allowed. For all others the task is missing.
 */
export async function outOfReach(
  taskId: string,
  action: AuthorizedAction,
  { store, principal, authorization }: Reaching,
): Promise<TaskError> {
  const readable = await authorization(principal, 'status').catch((error: unknown) => {
    if (isTaskError(error) && error.code === 'forbidden') return null
    throw error
  })
  const [task] = readable ? await store.find([taskId], readable, { without: 'payload' }) : []
  if (!task) return taskNotFound()
  return new TaskError('forbidden', `You may see this task, but you may not ${action} it. Ask the person who owns it.`)
}

/** Another user's task is reported as missing, so that ids cannot be probed. */
export function taskNotFound(): TaskError {
  return new TaskError('task_not_found', 'There is no such task. It may belong to another account.')
}
