import type { StoredTask, TaskStore } from '../../store/task-store.js'
import { dependencyFailed } from '../../store/after-tasks.js'
import type { PreviousTask } from './generator.js'

/**
 * Reads what a task follows. All of it had completed when the task was released, but content may be removed meanwhile.
 *
 * @throws TaskError `dependency_failed`, `content_unreadable`
 */
export async function readPrevious(
  { tenantId, after = [] }: Pick<StoredTask, 'tenantId' | 'after'>,
  store: Pick<TaskStore, 'find'>,
): Promise<readonly PreviousTask[]> {
  const ids = after.map(({ taskId }) => taskId)
  // The creator could see them; the store compared nothing but the tenant since.
  const found = await store.find(ids, { reach: 'tenant', tenantId }, { without: 'payload' })
  return after.map((reference) => {
    const task = found.find(({ taskId }) => taskId === reference.taskId)
    if (task?.unreadable) throw task.unreadable
    if (task?.status !== 'completed' || task.purgedAt !== undefined) throw dependencyFailed(reference, task)
    const { taskId, type, title, result } = task
    return { taskId, type, title, result }
  })
}
