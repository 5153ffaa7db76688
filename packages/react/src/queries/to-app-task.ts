import {
  type BackgroundTask,
  type TaskJson,
  type TaskSummary,
  type TaskSummaryJson,
  toTaskSummary,
} from '@brandkit/core'

const converted = new WeakMap<TaskSummaryJson, TaskSummary>()

/**
 * The app's form of a cached task. The same cache object always gives the same task, so that renders can be skipped.
 */
export function toAppTask(json: TaskJson): BackgroundTask
export function toAppTask(json: TaskSummaryJson): TaskSummary
export function toAppTask(json: TaskSummaryJson): TaskSummary {
  const known = converted.get(json)
  if (known) return known

  const task = toTaskSummary(json)
  converted.set(json, task)
  return task
}
