import type { TaskJson } from '../background-task.js'
import type { ActionOf } from './actions.js'
import type { AuditFilter, GetAuditResponse } from './audit-entry.js'
import type { CreateTask } from './create-task.js'
import type {
  ActOnMatching,
  ActOnMatchingResponse,
  CancelTasksResponse,
  CreateTasksResponse,
  GetBatchResponse,
  GetStatsResponse,
  GetStatusesResponse,
  GetTextResponse,
  ListTasksResponse,
  RetryFrom,
  MatchingAction,
  TaskFilter,
  TextQuery,
  ThroughputSpan,
} from './messages.js'
import type { GetUsageResponse, UsageMonthQuery } from '../usage-month.js'

/** Options of every verb. */
export interface RequestOptions {
  signal?: AbortSignal | undefined
}

/** Options of a retry. */
export interface RetryOptions extends RequestOptions {
  /** Default `checkpoint`: what is finished is not done again. */
  from?: RetryFrom | undefined
}

/** Options of the figures. */
export interface StatsOptions extends RequestOptions {
  /** Also counts the tasks that ended in each part of this span. Default: it does not. */
  throughput?: ThroughputSpan | undefined
}

/** Options of a create. */
export interface CreateOptions extends RequestOptions {
  /** Two creates with the same key make one task. Default: a new key for each call. */
  idempotencyKey?: string | undefined
  /** 32 hex digits that join the logs of browser, server and worker. Default: a new id for each call. */
  traceId?: string | undefined
}

/**
 * All verbs of a caller, as functions of JSON. A client and an in-process server implement this one list.
 * The verbs do not use `this`. Each rejects with a TaskError, or with the reason of an aborted signal.
 */
export interface TaskWire<Call extends RequestOptions = RequestOptions, Create extends CreateOptions = CreateOptions> {
  readonly create: (input: CreateTask, options?: Create) => Promise<TaskJson>
  /** Up to 100 tasks; either all are created or none. */
  readonly createMany: (inputs: readonly CreateTask[], options?: Create) => Promise<CreateTasksResponse>
  readonly getStatus: (taskId: string, options?: Call) => Promise<TaskJson>
  /** Up to 100 ids in one request. Tasks come without payloads. */
  readonly getStatuses: (taskIds: readonly string[], options?: Call) => Promise<GetStatusesResponse>
  /** What the task's text has gained since the cursor. */
  readonly getText: (query: TextQuery, options?: Call) => Promise<GetTextResponse>
  readonly getBatch: (batchId: string, options?: Call) => Promise<GetBatchResponse['batch']>
  readonly cancel: (taskId: string, options?: Call) => Promise<TaskJson>
  /** Up to 100 ids in one request; each has an outcome of its own. */
  readonly cancelMany: (taskIds: readonly string[], options?: Call) => Promise<CancelTasksResponse['outcomes']>
  readonly cancelBatch: (batchId: string, options?: Call) => Promise<CancelTasksResponse['outcomes']>
  /** Resolves with the new task. */
  readonly retry: (taskId: string, options?: Call & RetryOptions) => Promise<TaskJson>
  /** Empties a task that has ended. Its id then rejects with `task_gone`. */
  readonly delete: (taskId: string, options?: Call) => Promise<void>
  /** Takes one page of all tasks that match a filter; the reply's `nextCursor` leads to the next. */
  readonly actOnMatching: (
    request: ActOnMatching & { action: MatchingAction },
    options?: Call,
  ) => Promise<ActOnMatchingResponse>
  /** Summaries, up to 100 a page. `getStatuses` reads content by id. */
  readonly list: (filter?: TaskFilter, options?: Call) => Promise<ListTasksResponse>
  /** What the caller has used in a month, over all tasks, also those that are deleted. */
  readonly getUsage: (query?: UsageMonthQuery, options?: Call) => Promise<GetUsageResponse>
  /** The figures of the caller's tenant, for operators. */
  readonly stats: (options?: Call & StatsOptions) => Promise<GetStatsResponse>
  /** Who did what in the caller's tenant, newest first, for operators. */
  readonly audit: (filter?: AuditFilter, options?: Call) => Promise<GetAuditResponse>
  /** Resolves with the ended task. */
  readonly waitFor: (taskId: string, options?: Call) => Promise<TaskJson>
}

/**
 * The verbs of each action that a signed-in caller has. A new action makes the compiler point here, and from here to
 * `TaskWire`. A client has `watch` for a stream instead of a verb.
 */
export type WireVerbs = Verbs<{
  create: 'create' | 'createMany'
  status: 'getStatus' | 'getStatuses' | 'getBatch' | 'waitFor'
  text: 'getText'
  cancel: 'cancel' | 'cancelMany' | 'cancelBatch' | 'actOnMatching'
  retry: 'retry' | 'actOnMatching'
  delete: 'delete' | 'actOnMatching'
  list: 'list'
  usage: 'getUsage'
  stats: 'stats'
  audit: 'audit'
}>

type Verbs<All extends Record<Exclude<ActionOf<'principal'>, 'events'>, keyof TaskWire>> = All
