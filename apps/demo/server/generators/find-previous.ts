import { brandTasks, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { PreviousTask } from '@brandkit/server-adapter'

/**
 * The result of the first task of a type that a task follows, if there is one.
 *
 * @throws ZodError when an earlier release has stored it in a form that no longer fits
 */
export function findPrevious<T extends BrandTaskType>(
  previous: readonly PreviousTask[],
  type: T,
): TaskResult<T> | undefined {
  const found = previous.find((task) => task.type === type)
  return found && (brandTasks[type].result.parse(found.result) as TaskResult<T>)
}
