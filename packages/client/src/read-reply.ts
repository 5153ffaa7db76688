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
  return { batchId: toText(batchId), tasks: toTasks(tasks) }
}

export function readStatuses(reply: unknown): GetStatusesResponse {
  const { tasks, missing, hints, pollAfterMs } = toObject(reply)
  return {
    tasks: toTasks(tasks),
    missing: toList(missing).map(toText),
    // Guesses of the server: without them the facts are still good.
    ...(isJsonObject(hints) && { hints: hints as Record<string, TaskHints> }),
    ...(typeof pollAfterMs === 'number' && pollAfterMs >= 0 && { pollAfterMs }),
  }
}

export function readBatch(reply: unknown): GetBatchResponse['batch'] {
  const batch = toObject(toObject(reply)['batch'])
  toText(batch['batchId'])
  assertOneOf(TASK_STATUSES, batch['status'])
  for (const name of ['total', 'progress']) assertNumber(batch[name])
  toObject(batch['counts'])
  return batch as unknown as GetBatchResponse['batch']
}

export function readPage(reply: unknown): { tasks: TaskJson[]; nextCursor: string | null } {
  const { tasks, nextCursor } = toObject(reply)
  return { tasks: toTasks(tasks), nextCursor: nextCursor === null ? null : toText(nextCursor) }
}

export function readOutcomes(reply: unknown): CancelTasksResponse['outcomes'] {
  const { outcomes } = toObject(reply)
  for (const entry of toList(outcomes)) {
    const { taskId, outcome } = toObject(entry)
    toText(taskId)
    assertOneOf(CANCEL_OUTCOMES, outcome)
  }
  return outcomes as CancelTasksResponse['outcomes']
}

export function readId(reply: unknown): string {
  return toText(toObject(reply)['taskId'])
}

/** The data of a stream's `snapshot` or `tasks`. */
export function readNews(data: unknown): { tasks: TaskJson[]; hints?: Record<string, TaskHints> } {
  const { tasks, hints } = toObject(data)
  return { tasks: toTasks(tasks), ...(isJsonObject(hints) && { hints: hints as Record<string, TaskHints> }) }
}

function toObject(value: unknown): Record<string, unknown> {
  if (!isJsonObject(value)) throw unlike('an object')
  return value
}

function toList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw unlike('a list')
  return value
}

function toTasks(value: unknown): TaskJson[] {
  return toList(value).map(toTaskJson)
}

function toTaskJson(value: unknown): TaskJson {
  const task = toObject(value)
  toText(task['taskId'])
  assertOneOf(TASK_STATUSES, task['status'])
  assertNumber(task['version'])
  return task as unknown as TaskJson
}

function toText(value: unknown): string {
  if (typeof value !== 'string') throw unlike('a string')
  return value
}

function assertNumber(value: unknown): void {
  if (typeof value !== 'number') throw unlike('a number')
}

function assertOneOf(known: readonly unknown[], value: unknown): void {
  if (!known.includes(value)) throw unlike(known.join(' or '))
}

function unlike(wanted: string): TypeError {
  return new TypeError(`There is something else where ${wanted} belongs.`)
}
