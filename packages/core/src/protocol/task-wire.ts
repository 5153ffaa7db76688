import type { TaskJson } from '../background-task.js'
import type { ActionOf } from './actions.js'
import type {
  CancelTasksResponse,
  CreateTask,
  CreateTasksResponse,
  GetBatchResponse,
  GetStatsResponse,
  GetStatusesResponse,
  ListTasksResponse,
  TaskFilter,
} from './messages.js'

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

/**
 * The verbs of each action that a signed-in caller has. The compiler points here when an action is added, and from here to
 * `TaskWire`. A stream is no verb: a client has `watch` for it.
 */
export type WireVerbs = Verbs<{
  create: 'create' | 'createMany'
  status: 'getStatus' | 'getStatuses' | 'getBatch' | 'waitFor'
  cancel: 'cancel' | 'cancelMany' | 'cancelBatch'
  retry: 'retry'
  delete: 'delete'
  list: 'list'
  stats: 'stats'
}>

type Verbs<All extends Record<Exclude<ActionOf<'principal'>, 'events'>, keyof TaskWire>> = All
