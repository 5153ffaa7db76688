import { type BackgroundTask, TASK_PRIORITIES } from '@brandkit/core'

/** What runs first, then what waits: by priority, then by when it was asked for. */
export function inStartingOrder(tasks: readonly BackgroundTask[]): BackgroundTask[] {
  return tasks.toSorted(
    (one, other) =>
      Number(other.status === 'processing') - Number(one.status === 'processing') ||
      TASK_PRIORITIES.indexOf(other.priority) - TASK_PRIORITIES.indexOf(one.priority) ||
      one.queuedAt.getTime() - other.queuedAt.getTime() ||
      // Those of a batch came at once; ids ascend (UUID version 7).
      (one.taskId < other.taskId ? -1 : 1),
  )
}
