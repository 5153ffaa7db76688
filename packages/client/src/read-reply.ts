import { type GetStatusesResponse, isJsonObject, TASK_STATUSES, type TaskHints, type TaskJson } from '@brandkit/core'

// A light look at the parts that following a task depends on. The schemas would say more, and weigh 25 kB in a browser.
// Each function throws a TypeError, which `send` turns into `invalid_response`.

export function readTask(reply: unknown): TaskJson {
  return toTaskJson(toObject(reply)['task'])
}

export function readBatch(reply: unknown): { batchId: string; tasks: TaskJson[] } {
  const { batchId, tasks } = toObject(reply)
  if (typeof batchId !== 'string') throw new TypeError('batchId is not a string')
  return { batchId, tasks: toTasks(tasks) }
}

export function readStatuses(reply: unknown): GetStatusesResponse {
  const { tasks, missing, hints, pollAfterMs } = toObject(reply)
  if (!isStrings(missing)) throw new TypeError('missing is not a list of ids')
  return {
    tasks: toTasks(tasks),
    missing,
    // Guesses of the server: without them the facts are still good.
    ...(isJsonObject(hints) && { hints: hints as Record<string, TaskHints> }),
    ...(typeof pollAfterMs === 'number' && pollAfterMs >= 0 && { pollAfterMs }),
  }
}

export function readPage(reply: unknown): { tasks: TaskJson[]; nextCursor: string | null } {
  const { tasks, nextCursor } = toObject(reply)
  if (nextCursor !== null && typeof nextCursor !== 'string')
    throw new TypeError('nextCursor is neither a string nor null')
  return { tasks: toTasks(tasks), nextCursor }
}

function toObject(value: unknown): Record<string, unknown> {
  if (!isJsonObject(value)) throw new TypeError('the reply is not an object')
  return value
}

function toTasks(value: unknown): TaskJson[] {
  if (!Array.isArray(value)) throw new TypeError('tasks is not a list')
  return value.map(toTaskJson)
}

function toTaskJson(value: unknown): TaskJson {
  if (!isJsonObject(value)) throw new TypeError('a task is not an object')
  const { taskId, status, version } = value
  const statuses: readonly unknown[] = TASK_STATUSES
  if (typeof taskId !== 'string') throw new TypeError('taskId is not a string')
  if (!statuses.includes(status)) throw new TypeError('status is not a known one')
  if (typeof version !== 'number') throw new TypeError('version is not a number')
  return value as unknown as TaskJson
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
