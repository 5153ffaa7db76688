import { TaskError } from '@brandkit/core'
import type { TaskScope } from '../principal.js'
import type { StoredTask, TaskStore } from '../store/task-store.js'

/**
 * Reads a task that the scope may see and whose content still exists.
 *
 * @throws TaskError `task_not_found`, `task_gone`
 */
export async function findTask(
  taskId: string,
  scope: TaskScope,
  { store }: { store: Pick<TaskStore, 'find'> },
): Promise<StoredTask> {
  const [task] = await store.find([taskId], scope)
  if (!task) throw taskNotFound()
  if (task.purgedAt) throw new TaskError('task_gone', `Task ${task.taskId} has ended and its content was removed.`)
  return task
}

/** Another user's task is reported as missing, so that ids cannot be probed. */
export function taskNotFound(): TaskError {
  return new TaskError('task_not_found', 'There is no such task. It may belong to another account.')
}
