import type { TaskJson } from '../background-task.js'
import type { CancelTasksResponse } from './cancel-task.js'
import type { CreateTask, CreateTasksResponse } from './create-task.js'
import type { GetStatsResponse } from './get-stats.js'
import type { GetBatchResponse, GetStatusesResponse } from './get-status.js'
import type { ListTasksResponse, TaskFilter } from './list-tasks.js'

/** What every verb takes. */
export interface RequestOptions {
  signal?: AbortSignal | undefined
}

/** What a create takes besides. */
export interface CreateOptions extends RequestOptions {
  /** Creating twice under one key creates once. Default: a fresh one for each call. */
  idempotencyKey?: string | undefined
  /** 32 hex digits that join the logs of browser, server and worker. Default: a fresh one for each call. */
  traceId?: string | undefined
}

/**
 * Every verb that a caller has, as functions of JSON: the one list that a client, a server in process and the fake server
 * implement. None needs its `this`. Each rejects with a TaskError, or with the reason of an aborted signal.
 */
export interface TaskWire<Call extends RequestOptions = RequestOptions, Create extends CreateOptions = CreateOptions> {
  readonly create: (input: CreateTask, options?: Create) => Promise<TaskJson>
  /** Up to 100, all or none. */
  readonly createMany: (inputs: readonly CreateTask[], options?: Create) => Promise<CreateTasksResponse>
  readonly getStatus: (taskId: string, options?: Call) => Promise<TaskJson>
  /** Up to 100 ids in one request. Without payloads. */
  readonly getStatuses: (taskIds: readonly string[], options?: Call) => Promise<GetStatusesResponse>
  readonly getBatch: (batchId: string, options?: Call) => Promise<GetBatchResponse['batch']>
  readonly cancel: (taskId: string, options?: Call) => Promise<TaskJson>
  /** Up to 100 ids in one request; each has an outcome of its own. */
  readonly cancelMany: (taskIds: readonly string[], options?: Call) => Promise<CancelTasksResponse['outcomes']>
  readonly cancelBatch: (batchId: string, options?: Call) => Promise<CancelTasksResponse['outcomes']>
  /** The new task. */
  readonly retry: (taskId: string, options?: Call) => Promise<TaskJson>
  /** Empties a task that has ended. Its id then rejects with `task_gone`. */
  readonly delete: (taskId: string, options?: Call) => Promise<void>
  readonly list: (filter?: TaskFilter, options?: Call) => Promise<ListTasksResponse>
  /** The figures of the caller's tenant, for operators. */
  readonly stats: (options?: Call) => Promise<GetStatsResponse>
  /** Resolves with the task as it is at its end. */
  readonly waitFor: (taskId: string, options?: Call) => Promise<TaskJson>
}
