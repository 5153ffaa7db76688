import {
  CANCEL_OUTCOMES,
  type CancelTasksResponse,
  type GetBatchResponse,
  type GetStatusesResponse,
  isJsonObject,
  TASK_STATUSES,
  type TaskHints,
  type TaskJson,
} from '@brandkit/core'

// A light look at the parts that following a task depends on. The schemas would say more, and weigh 25 kB in a browser.
// Each function throws a TypeError, which `send` turns into `invalid_response`.

export function readTask(reply: unknown): TaskJson {
  return toTaskJson(toObject(reply)['task'])
}

export function readCreatedBatch(reply: unknown): { batchId: string; tasks: TaskJson[] } {
  const { batchId, tasks } = toObject(reply)
  return { batchId: toId(batchId), tasks: toTasks(tasks) }
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

export function readBatch(reply: unknown): GetBatchResponse['batch'] {
  const batch = toObject(toObject(reply)['batch'])
  toId(batch['batchId'])
  toStatus(batch['status'])
  for (const name of ['total', 'progress']) toNumber(batch[name])
  toObject(batch['counts'])
  return batch as unknown as GetBatchResponse['batch']
}

export function readPage(reply: unknown): { tasks: TaskJson[]; nextCursor: string | null } {
  const { tasks, nextCursor } = toObject(reply)
  if (nextCursor !== null && typeof nextCursor !== 'string')
    throw new TypeError('nextCursor is neither a string nor null')
  return { tasks: toTasks(tasks), nextCursor }
}

export function readOutcomes(reply: unknown): CancelTasksResponse['outcomes'] {
  const { outcomes } = toObject(reply)
  const known: readonly unknown[] = CANCEL_OUTCOMES
  if (!Array.isArray(outcomes)) throw new TypeError('outcomes is not a list')
  for (const entry of outcomes) {
    const { taskId, outcome } = toObject(entry)
    toId(taskId)
    if (!known.includes(outcome)) throw new TypeError('outcome is not a known one')
  }
  return outcomes as CancelTasksResponse['outcomes']
}

export function readId(reply: unknown): string {
  return toId(toObject(reply)['taskId'])
}

/** The data of a stream's `snapshot` or `tasks`. */
export function readNews(data: unknown): { tasks: TaskJson[]; hints?: Record<string, TaskHints> } {
  const { tasks, hints } = toObject(data)
  return { tasks: toTasks(tasks), ...(isJsonObject(hints) && { hints: hints as Record<string, TaskHints> }) }
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
  const task = toObject(value)
  toId(task['taskId'])
  toStatus(task['status'])
  toNumber(task['version'])
  return task as unknown as TaskJson
}

function toStatus(value: unknown): void {
  const statuses: readonly unknown[] = TASK_STATUSES
  if (!statuses.includes(value)) throw new TypeError('status is not a known one')
}

function toId(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('an id is not a string')
  return value
}

function toNumber(value: unknown): void {
  if (typeof value !== 'number') throw new TypeError('a number is none')
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
