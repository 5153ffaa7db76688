import {
  type ActOnMatchingResponse,
  CANCEL_OUTCOMES,
  type CancelTasksResponse,
  type AuditEntry,
  type GetAuditResponse,
  type GetBatchResponse,
  type GetStatsResponse,
  type GetStatusesResponse,
  type GetTextResponse,
  type GetUsageResponse,
  isJsonObject,
  TASK_STATUSES,
  type TaskHints,
  type TaskJson,
  type TaskStreamEvent,
  type TaskSummaryJson,
} from '@brandkit/core'

// A light check of the parts that the follower depends on. The schemas would check more, but weigh 25 kB in a browser.
// Each function throws a TypeError, which `send` turns into `invalid_response`.

export function readTask(reply: unknown): TaskJson {
  return take(reply, 'task', isTask)
}

export function readCreatedBatch(reply: unknown): { batchId: string; tasks: TaskJson[] } {
  return { batchId: take(reply, 'batchId', isText), tasks: take(reply, 'tasks', isListOf(isTask)) }
}

export function readStatuses(reply: unknown): GetStatusesResponse {
  const tasks = take(reply, 'tasks', isListOf(isTask))
  const missing = take(reply, 'missing', isListOf(isText))
  const pollAfterMs = toWaitMs((reply as { pollAfterMs?: unknown }).pollAfterMs)
  return { ...readNews(reply), tasks, missing, ...(pollAfterMs !== undefined && { pollAfterMs }) }
}

export function readText(reply: unknown): GetTextResponse {
  const [text, cursor] = [take(reply, 'text', isText), take(reply, 'cursor', isText)]
  const isComplete = take(reply, 'isComplete', (value): value is boolean => typeof value === 'boolean')
  return { text, cursor, from: take(reply, 'from', isNumber), isComplete }
}

export function readBatch(reply: unknown): GetBatchResponse['batch'] {
  return take(reply, 'batch', isBatch)
}

export function readPage(reply: unknown): { tasks: TaskSummaryJson[]; nextCursor: string | null } {
  const nextCursor = take(reply, 'nextCursor', isCursor)
  return { tasks: take(reply, 'tasks', isListOf(isTask)), nextCursor }
}

export function readOutcomes(reply: unknown): CancelTasksResponse['outcomes'] {
  return take(reply, 'outcomes', isListOf(isOutcome))
}

export function readMatched(reply: unknown): ActOnMatchingResponse {
  for (const name of ['matched', 'done']) take(reply, name, isNumber)
  take(reply, 'outcomes', isListOf(isJsonObject))
  take(reply, 'nextCursor', isCursor)
  return reply as ActOnMatchingResponse
}

export function readStats(reply: unknown): GetStatsResponse {
  take(reply, 'durations', isJsonObject)
  take(reply, 'endedPerMinute', isNumber)
  return reply as GetStatsResponse
}

export function readUsage(reply: unknown): GetUsageResponse {
  take(reply, 'used', isListOf(isJsonObject))
  take(reply, 'endsAt', isText)
  return reply as GetUsageResponse
}

export function readAudit(reply: unknown): GetAuditResponse {
  return { entries: take(reply, 'entries', isListOf(isEntry)), nextCursor: take(reply, 'nextCursor', isCursor) }
}

export function readDeleted(reply: unknown): void {
  take(reply, 'taskId', isText)
}

/** Reads the data of a stream's `snapshot` or `tasks`. */
function readNews(data: unknown): { tasks: TaskSummaryJson[]; hints?: Record<string, TaskHints> } {
  const tasks = take(data, 'tasks', isListOf(isTask))
  const { hints } = data as { hints?: unknown }
  // Hints are optional: the tasks are valid without them.
  return { tasks, ...(isJsonObject(hints) && { hints: hints as Record<string, TaskHints> }) }
}

/**
 * Checks one message of a stream as lightly as replies. Returns `null` for events of a newer server.
 *
 * @throws TypeError when the message breaks the protocol.
 */
export function toStreamEvent(event: unknown, data: unknown): TaskStreamEvent | null {
  if (event === 'snapshot' || event === 'tasks') return { event, data: readNews(data) }
  if (event === 'beat' || event === 'unauthenticated' || event === 'end') return { event, data: {} }
  if (event === 'reconnect') {
    return { event, data: { afterMs: toWaitMs((data as { afterMs?: unknown } | null)?.afterMs) ?? 0 } }
  }
  return null
}

/** The longest time for which a server, or a proxy in front of it, can stop our requests, in milliseconds: one hour. */
const LONGEST_WAIT_MS = 60 * 60 * 1_000

/**
 * The wait that a server, a proxy or an app requests, if it is a number of milliseconds from 0. More than an hour
 * counts as an hour: a page without requests for longer would look dead, and a proxy's mistake would stop it
 * permanently.
 */
export function toWaitMs(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.min(value, LONGEST_WAIT_MS) : undefined
}

type Check<T> = (value: unknown) => value is T

function take<T>(reply: unknown, name: string, is: Check<T>): T {
  const value = isJsonObject(reply) ? reply[name] : undefined
  if (is(value)) return value
  throw new TypeError(`The reply has no proper \`${name}\`.`)
}

function isListOf<T>(is: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(is)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isCursor(value: unknown): value is string | null {
  return value === null || isText(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isOneOf(known: readonly unknown[], value: unknown): boolean {
  return known.includes(value)
}

function isTask(value: unknown): value is TaskJson {
  if (!isJsonObject(value)) return false
  return isText(value['taskId']) && isOneOf(TASK_STATUSES, value['status']) && isNumber(value['version'])
}

function isBatch(value: unknown): value is GetBatchResponse['batch'] {
  if (!isJsonObject(value) || !isText(value['batchId']) || !isOneOf(TASK_STATUSES, value['status'])) return false
  return isNumber(value['total']) && isNumber(value['progress']) && isJsonObject(value['counts'])
}

function isEntry(value: unknown): value is AuditEntry {
  return isJsonObject(value) && isText(value['entryId']) && isText(value['action']) && isText(value['at'])
}

function isOutcome(value: unknown): value is CancelTasksResponse['outcomes'][number] {
  return isJsonObject(value) && isText(value['taskId']) && isOneOf(CANCEL_OUTCOMES, value['outcome'])
}
