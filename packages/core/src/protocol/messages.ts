import type { TaskJson } from '../background-task.js'
import type { NewPayload, TaskType } from '../register.js'
import type { TaskBatch } from '../task-batch.js'
import type { TaskPriority } from '../task-priority.js'
import type { TaskStatus } from '../task-status.js'

// What requests and replies hold, as browsers know it. `messages.schema.ts` says the same to the server.

/** What a caller hands over to create one task. */
export type CreateTask<T extends TaskType = TaskType> = T extends TaskType
  ? {
      type: T
      brandId: string
      payload: NewPayload<T>
      /** A request; the lowest of this, the principal's and the type's ceiling wins. Default `normal`. */
      priority?: TaskPriority | undefined
      /** A request, as above. Default: the type's. */
      maxRetries?: number | undefined
      /** Not to be started before; within the years 1 to 9999. Default: now. */
      runAt?: Date | string | undefined
    }
  : never

/** All or none of them were created. */
export interface CreateTasksResponse {
  batchId: string
  tasks: TaskJson[]
}

/**
 * What became of a delivery: `done` the attempt was run to a recorded outcome, `early` the task is not due,
 * `busy` another worker has it, `held` a limit keeps it back until another ends, `over` nothing is left to do, `ticked` maintenance ran.
 */
export const PROCESS_OUTCOMES = ['done', 'early', 'busy', 'held', 'over', 'ticked'] as const
export type ProcessOutcome = (typeof PROCESS_OUTCOMES)[number]

/** What the server guesses beside the facts. Hints change without a new version; the latest reply wins. */
export interface TaskHints {
  /** The place in the queue, 1 for the next to be started. Approximate, and at most 1000, which means "or later". */
  position?: number
  /** ISO 8601. */
  estimatedCompletion?: string
}

interface StatusReply {
  /** When asking again makes sense, in milliseconds; absent when everything asked for is over. */
  pollAfterMs?: number
  /** The hints of tasks that are under way, by task id. */
  hints?: Record<string, TaskHints>
}

/** `GET ?action=status&taskId=…` */
export interface GetStatusResponse<T extends TaskType = TaskType> extends StatusReply {
  task: TaskJson<T>
}

/** `GET ?action=status&taskIds=a,b,…`. `missing` ids are unknown, emptied, or belong to another user. Without payloads. */
export interface GetStatusesResponse extends StatusReply {
  tasks: TaskJson[]
  missing: string[]
}

/** `GET ?action=status&batchId=…`. Tasks whose content was removed no longer count. */
export interface GetBatchResponse extends StatusReply {
  batch: TaskBatch
}

/** `cancelled`: it is now, or was before. `over`: it has ended otherwise. `missing`: unknown, or another user's. */
export const CANCEL_OUTCOMES = ['cancelled', 'over', 'missing'] as const
export type CancelOutcome = (typeof CANCEL_OUTCOMES)[number]

/** The reply for several tasks or a batch: each has an outcome of its own, in the order asked for. */
export interface CancelTasksResponse {
  outcomes: { taskId: string; outcome: CancelOutcome }[]
}

export interface TaskFilter {
  brandId?: string | undefined
  type?: TaskType | undefined
  /** Any of these. Default: all. */
  status?: TaskStatus | readonly TaskStatus[] | undefined
  batchId?: string | undefined
  /** Only tasks that ended after this moment. */
  endedAfter?: Date | string | undefined
  /** From the previous page's `nextCursor`. */
  cursor?: string | undefined
  /** 1 to 100. Default 50. */
  limit?: number | undefined
}

/** Newest first, without payloads. */
export interface ListTasksResponse {
  tasks: TaskJson[]
  /** `null` on the last page. */
  nextCursor: string | null
}

interface TaskNews {
  /** Without payloads. */
  tasks: TaskJson[]
  /** The hints, by task id. */
  hints?: Record<string, TaskHints>
}

/**
 * One message of `?action=events`. Over SSE, `event` and `data` are the fields of that name and a beat is a comment;
 * over a WebSocket the whole is one JSON text.
 *
 * The first is always `snapshot`: what is under way, and what ended within `LIMITS.snapshotMinutes`. Then come versions,
 * ascending for each task; intermediates may be skipped, the last never. After a gap there is a fresh snapshot.
 */
export type TaskStreamEvent =
  | { event: 'snapshot' | 'tasks'; data: TaskNews }
  /** The stream lives; one comes at least every `LIMITS.beatSeconds`. */
  | { event: 'beat'; data: Record<string, never> }
  /** The server closes now, as planned: connect again after this time. */
  | { event: 'reconnect'; data: { afterMs: number } }
  /** The credentials are no longer good: renew them before connecting again. */
  | { event: 'unauthenticated'; data: Record<string, never> }
  /** Everything that was asked for is over. Connecting again is answered with 204. */
  | { event: 'end'; data: Record<string, never> }

/** How long completed tasks of one type took from their first start, in milliseconds. */
export interface DurationStats {
  /** How many they are: the latest 200 at most. */
  count: number
  medianMs: number
  p95Ms: number
}

/** `GET ?action=stats`: the tasks of the operator's tenant. */
export interface GetStatsResponse {
  queued: number
  /** Queued, and could be started now. */
  due: number
  processing: number
  completed: number
  failed: number
  cancelled: number
  /** Messages in the queue, of all tenants, where it can tell. */
  waitingMessages?: number
  /** Tasks that ended, a minute, over the last five. */
  endedPerMinute: number
  /** The durations, by task type. */
  durations: Record<string, DurationStats>
}

/**
 * `ok`: everything answers. `degraded`: tasks are taken and kept, but run late. `down`: send no requests here.
 */
export const HEALTH_STATUSES = ['ok', 'degraded', 'down'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** Whether a store or a queue answers. */
export const PART_STATUSES = ['ok', 'down'] as const
export type PartStatus = (typeof PART_STATUSES)[number]

/**
 * Whether this process works on tasks. `none`: it only serves requests. `stopping`: it takes nothing more. `down`: it should
 * work and does not.
 */
export const WORKER_STATUSES = ['ok', 'none', 'stopping', 'down'] as const
export type WorkerStatus = (typeof WORKER_STATUSES)[number]

/** `GET ?action=health`: 200 for `ok` and `degraded`, 503 for `down`. */
export interface GetHealthResponse {
  status: HealthStatus
  parts: { store: PartStatus; queue: PartStatus; worker: WorkerStatus }
}
