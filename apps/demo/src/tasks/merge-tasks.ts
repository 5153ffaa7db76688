import type { BackgroundTask } from '@brandkit/core'

/** Each task once, in its newest version; newest task first. */
export function mergeTasks(...lists: readonly (readonly BackgroundTask[])[]): BackgroundTask[] {
  const byId = new Map<string, BackgroundTask>()
  for (const task of lists.flat()) {
    const known = byId.get(task.taskId)
    if (!known || task.version >= known.version) byId.set(task.taskId, task)
  }
  return [...byId.values()].toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
}
