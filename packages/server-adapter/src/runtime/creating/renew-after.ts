import type { TaskReference } from '@brandkit/core'
import { stateOfEarlier } from '../../store/after-tasks.js'
import type { StoredTask, TaskStore } from '../../store/task-store.js'

/**
 * What the retry of a task follows: the same tasks, except that the latest retry takes the place of one that did not complete.
 * A task without such a retry stays, and the store then says that it is needed first.
 */
export async function renewAfter(
  { tenantId, after = [] }: Pick<StoredTask, 'tenantId' | 'after'>,
  store: Pick<TaskStore, 'find'>,
): Promise<TaskReference[]> {
  const ids = after.map(({ taskId }) => taskId)
  // The creator of the ended task could see those that it follows, and a retry has the owner of what it repeats.
  const family = await store.find(ids, { reach: 'tenant', tenantId }, { also: 'retries' })
  const byId = new Map(family.map((task) => [task.taskId, task]))
  return after.map((reference) => {
    if (stateOfEarlier(byId.get(reference.taskId)) !== 'lost') return reference
    const [latest] = family
      .filter((task) => stateOfEarlier(task) !== 'lost' && repeats(task, reference.taskId, byId))
      .toSorted((a, b) => (a.taskId < b.taskId ? 1 : -1))
    return latest ? { taskId: latest.taskId, title: latest.title } : reference
  })
}

/** Whether a task is a retry of this one, or of one of its retries. */
function repeats(task: StoredTask | undefined, taskId: string, byId: ReadonlyMap<string, StoredTask>): boolean {
  if (task?.retryOf === undefined) return false
  return task.retryOf === taskId || repeats(byId.get(task.retryOf), taskId, byId)
}
