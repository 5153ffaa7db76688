import type { BackgroundTask, CreateTask, GetStatusesResponse, TaskFilter, TaskId, TaskJson, TaskLogger, TaskType } from '@brandkit/core'

export interface TaskServiceOptions {
  /** Where the protocol is mounted. Default `/api/jobs`. */
  url?: string | undefined
  fetch?: typeof globalThis.fetch | undefined
  /** Default `same-origin`. */
  credentials?: RequestCredentials | undefined
  /** Asked before every request, for a bearer token that changes. */
  headers?: (() => HeadersInit | Promise<HeadersInit>) | undefined
  /** Called once on a 401; `true` means that credentials were renewed and the request is sent once more. */
  onUnauthenticated?: (() => Promise<boolean>) | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

export interface RequestOptions {
  signal?: AbortSignal | undefined
}

export interface CreateOptions extends RequestOptions {
  /** Creating twice under one key creates once. Default: a fresh one for each call. */
  idempotencyKey?: string | undefined
  /** 32 hex digits that join the logs of browser, server and worker. Default: a fresh one for each call. */
  traceId?: string | undefined
}

/** The `/api/jobs` protocol. Every method rejects with a TaskError. */
export interface TaskService {
  createBackgroundTask<T extends TaskType>(input: CreateTask<T>, options?: CreateOptions): Promise<BackgroundTask<T>>
  createBackgroundTasks(inputs: readonly CreateTask[], options?: CreateOptions): Promise<{ batchId: string; tasks: BackgroundTask[] }>
  getStatus<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  cancelTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  listTasks(filter?: TaskFilter, options?: RequestOptions): Promise<{ tasks: BackgroundTask[]; nextCursor: string | null }>
  /** The same verbs as they come over the wire, for caches that hold JSON. */
  readonly wire: TaskWire
}

export interface TaskWire {
  create(input: CreateTask, options?: CreateOptions): Promise<TaskJson>
  /** Up to 100 ids in one request. */
  getStatuses(taskIds: readonly string[], options?: RequestOptions): Promise<GetStatusesResponse>
  cancel(taskId: string, options?: RequestOptions): Promise<TaskJson>
  list(filter?: TaskFilter, options?: RequestOptions): Promise<{ tasks: TaskJson[]; nextCursor: string | null }>
}
