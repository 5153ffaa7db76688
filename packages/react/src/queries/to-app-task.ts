import { type BackgroundTask, type TaskJson, toBackgroundTask } from '@brandkit/core'

const converted = new WeakMap<TaskJson, BackgroundTask>()

/**
 * The app's form of a cached task. The same cache object always gives the same task, so that renders can be skipped.
 */
export function toAppTask(json: TaskJson): BackgroundTask {
  const known = converted.get(json)
  if (known) return known

  const task = toBackgroundTask(json)
  converted.set(json, task)
  return task
}
