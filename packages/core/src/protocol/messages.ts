import type { TaskJson, TaskSummaryJson } from '../background-task.js'
import type { TaskType } from '../register.js'
import type { TaskBatch } from '../task-batch.js'
import type { TaskErrorCode } from '../task-error-codes.js'
import type { TaskStatus } from '../task-status.js'
import type { UsageStats } from '../usage-month.js'

// The contents of requests and replies as plain types for browsers. `messages.schema.ts` holds the schemas for the server.

/** The reply to a batch, which is created whole or not at all. */
export interface CreateTasksResponse {
  batchId: string
  tasks: TaskJson[]
}

/**
 * The outcome of a delivery:
 * - `done`: the attempt ran, and its outcome is recorded
 * - `early`: the task is not due
 * - `busy`: another worker has it
 * - `held`: a limit keeps it back until another task ends
 * - `over`: nothing is left to do
 * - `ticked`: maintenance ran
 */
export const PROCESS_OUTCOMES = ['done', 'early', 'busy', 'held', 'over', 'ticked'] as const
export type ProcessOutcome = (typeof PROCESS_OUTCOMES)[number]

/** Estimates of the server. Hints change without a new version; the latest reply wins. */
export interface TaskHints {
  /** The place in the queue; 1 starts next. Approximate, and at most 1000, which means "1000 or later". */
  position?: number
  /** ISO 8601. */
  estimatedCompletion?: string
}

interface StatusReply {
  /** The recommended pause before the next request, in milliseconds. Absent when all requested tasks are over. */
  pollAfterMs?: number
  /** The hints of tasks that are under way, by task id. */
  hints?: Record<string, TaskHints>
}

/** `GET ?action=status&taskId=…` */
export interface GetStatusResponse<T extends TaskType = TaskType> extends StatusReply {
  task: TaskJson<T>
}

/**
 * `GET ?action=status&taskIds=a,b,…`. Ids in `missing` are unknown, emptied, or another user's. Tasks come without
 * payloads.
 */
export interface GetStatusesResponse extends StatusReply {
  tasks: TaskJson[]
  missing: string[]
}

/** The text of one task that a reader lacks. */
export interface TextQuery {
  taskId: string
  /** From the previous reply. Default: from the beginning. */
  cursor?: string | undefined
  /** Longest time to hold the answer until the text has grown or the task has ended, in seconds: 0 to 25. Default 0. */
  wait?: number | undefined
}

/** `GET ?action=text&taskId=…&cursor=…` */
export interface GetTextResponse {
  /** What is new. */
  text: string
  /** For the next request. */
  cursor: string
  /**
   * The length up to which the reader keeps what it has, in UTF-16 code units: shorter than that when a new attempt has cut the
   * text.
   */
  from: number
  /** Whether the task has ended, so that the text will not change. */
  isComplete: boolean
}

/** `GET ?action=status&batchId=…`. Tasks whose content was removed no longer count. */
export interface GetBatchResponse extends StatusReply {
  batch: TaskBatch
}

/**
 * `cancelled`: the task is cancelled, now or already before. `over`: it ended in another way. `missing`: it is unknown, or
 * another user's.
 */
export const CANCEL_OUTCOMES = ['cancelled', 'over', 'missing'] as const
export type CancelOutcome = (typeof CANCEL_OUTCOMES)[number]

/** The reply for several tasks or a batch: one outcome for each task, in the requested order. */
export interface CancelTasksResponse {
  outcomes: { taskId: string; outcome: CancelOutcome }[]
}

/** The actions that can take all tasks that match a filter. */
export const MATCHING_ACTIONS = ['cancel', 'retry', 'delete'] as const
export type MatchingAction = (typeof MATCHING_ACTIONS)[number]

/** The conditions of a list. At least one is needed, so that no forgotten condition means every task: `all` says that. */
export type TaskConditions = Omit<TaskFilter, 'cursor' | 'limit'> & { all?: true | undefined }

/**
 * Asks an action to take all tasks that match. It passes over those that it cannot take: a cancel takes tasks that are under
 * way, a retry failed and cancelled ones, a delete those that have ended.
 */
export interface ActOnMatching {
  filter: TaskConditions
  /** Counts the tasks, and changes nothing. */
  dryRun?: boolean | undefined
  /** From the previous reply's `nextCursor`. */
  cursor?: string | undefined
}

/** `refused`: the action could not take this task; the code says why. `newTaskId`: the task that a retry has created. */
export type MatchingOutcome =
  | { taskId: string; outcome: 'done'; newTaskId?: string }
  | { taskId: string; outcome: 'refused'; code: TaskErrorCode }

/** The reply for one page of matching tasks: up to 100, or up to 1,000 when they are only counted. */
export interface ActOnMatchingResponse {
  matched: number
  done: number
  /** Empty when the tasks were only counted. */
  outcomes: MatchingOutcome[]
  /** `null` when every matching task had its turn. */
  nextCursor: string | null
}

/**
 * The beginning of a retry.
 * - `checkpoint`: with everything that the old task has finished, if payload and version of the type are the same
 * - `start`: with nothing
 */
export const RETRY_STARTS = ['checkpoint', 'start'] as const
/** Or with a step: it and the steps after it are done again, those before it are kept. Also for a completed task. */
export type RetryFrom = (typeof RETRY_STARTS)[number] | { step: string }

export interface TaskFilter {
  brandId?: string | undefined
  /** Only tasks of this user: for callers who reach more than their own. */
  userId?: string | undefined
  type?: TaskType | undefined
  /** Tasks with any of these statuses. Default: all. */
  status?: TaskStatus | readonly TaskStatus[] | undefined
  batchId?: string | undefined
  /** Only tasks that ended after this moment. */
  endedAfter?: Date | string | undefined
  /** Only tasks that were created after this moment. */
  createdAfter?: Date | string | undefined
  /** Only tasks that were created before this moment. */
  createdBefore?: Date | string | undefined
  /** Only tasks that have all of these tags. */
  tags?: readonly string[] | undefined
  /**
   * Words, up to 200 characters. Finds tasks if each of them begins a word of the title or of a tag, in small letters or
   * capitals. A text without a word, such as "&", finds nothing.
   */
  search?: string | undefined
  /** From the previous page's `nextCursor`. */
  cursor?: string | undefined
  /** 1 to 100. Default 50. */
  limit?: number | undefined
}

/**
 * Newest first, without payloads, results and partial results. With `search` or `tags` a page may have fewer tasks than its
 * limit, even none, before the last page.
 */
export interface ListTasksResponse {
  tasks: TaskSummaryJson[]
  /** `null` on the last page. */
  nextCursor: string | null
}

interface TaskNews {
  /** Without payloads. Tasks that had ended before the snapshot are summaries. */
  tasks: TaskSummaryJson[]
  /** The hints, by task id. */
  hints?: Record<string, TaskHints>
}

/**
 * One message of `?action=events`. Over SSE, `event` and `data` are the fields of that name and a beat is a comment; over
 * a WebSocket the message is one JSON text.
 *
 * The first message is always a `snapshot`: the tasks under way, and summaries of those that ended within
 * `LIMITS.snapshotMinutes`.
 * Versions follow, ascending for each task; intermediate versions may be skipped, the last never. A gap is followed by a
 * fresh snapshot.
 */
export type TaskStreamEvent =
  | { event: 'snapshot' | 'tasks'; data: TaskNews }
  /** Shows that the stream is alive; sent at least every `LIMITS.beatSeconds`. */
  | { event: 'beat'; data: Record<string, never> }
  /** The server closes the stream as planned: connect again after this time. */
  | { event: 'reconnect'; data: { afterMs: number } }
  /** The credentials have expired: renew them before connecting again. */
  | { event: 'unauthenticated'; data: Record<string, never> }
  /** All requested tasks are over. Connecting again is answered with 204. */
  | { event: 'end'; data: Record<string, never> }

/** Durations of completed tasks of one type from their first start, in milliseconds. */
export interface DurationStats {
  /** The number of tasks counted: the latest 200 at most. */
  count: number
  medianMs: number
  p95Ms: number
}

/** What the server's `notify` targets have still to be told of ended tasks. */
export interface NoticeStats {
  /** Notices that are due, are being delivered or wait for their next delivery. */
  waiting: number
  /** Notices that were given up within the last seven days. */
  dead: number
  /** The latest dead notices, newest first; at most ten. */
  latestDead: DeadNotice[]
}

export interface DeadNotice {
  taskId: string
  target: string
  /** Deliveries that were tried. */
  attempts: number
  /** Why the last delivery failed, for operators. */
  reason: string
  /** ISO 8601. */
  diedAt: string
}

/** The spans over which ended tasks are counted: so many buckets of so many milliseconds. */
export const THROUGHPUT_SPANS = {
  hour: { buckets: 60, bucketMs: 60_000 },
  day: { buckets: 48, bucketMs: 1_800_000 },
  week: { buckets: 56, bucketMs: 10_800_000 },
} as const
export type ThroughputSpan = keyof typeof THROUGHPUT_SPANS

/**
 * The tasks that ended in each bucket of a span, the oldest bucket first. Buckets begin at multiples of their length since
 * the epoch. The last one is not over yet. Deleted tasks count until their tombstone is removed.
 */
export interface Throughput {
  /** When the first bucket begins. ISO 8601. */
  from: string
  bucketMs: number
  completed: number[]
  failed: number[]
  cancelled: number[]
}

/** The processes that run tasks, over all tenants. One that has ended is counted for a few seconds more. */
export interface WorkerStats {
  alive: number
  /** How many tasks they can run at once. */
  slots: number
}

/** `GET ?action=stats&throughput=hour`: the tasks of the operator's tenant. */
export interface GetStatsResponse {
  queued: number
  /** Queued tasks that may start now. */
  due: number
  processing: number
  completed: number
  failed: number
  cancelled: number
  /** Messages in the queue, over all tenants; absent when the queue cannot count. */
  waitingMessages?: number
  /** Ended tasks per minute, over the last five minutes. */
  endedPerMinute: number
  /** The durations, by task type. */
  durations: Record<string, DurationStats>
  /** Absent when no process has said that it works: on platforms where each delivery is a request. */
  workers?: WorkerStats
  /** Absent unless the request names a span. */
  throughput?: Throughput
  /** Absent when the server has no `notify` targets. */
  notices?: NoticeStats
  /** Absent while nothing was used this month and no budget applies. */
  usage?: UsageStats
}
