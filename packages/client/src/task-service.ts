import {
  type BackgroundTask,
  type CreateTask,
  type GetStatusesResponse,
  type TaskFilter,
  type TaskId,
  type TaskJson,
  type TaskLogger,
  type TaskType,
  toBackgroundTask,
} from '@brandkit/core'
import { createSend } from './send.js'
import { createTaskWire } from './task-wire.js'

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

/** The `/api/jobs` protocol. Every method rejects with a TaskError, or with the reason of an aborted signal. */
export interface TaskService {
  createBackgroundTask<T extends TaskType>(input: CreateTask<T>, options?: CreateOptions): Promise<BackgroundTask<T>>
  createBackgroundTasks(
    inputs: readonly CreateTask[],
    options?: CreateOptions,
  ): Promise<{ batchId: string; tasks: BackgroundTask[] }>
  getStatus<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  cancelTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  listTasks(
    filter?: TaskFilter,
    options?: RequestOptions,
  ): Promise<{ tasks: BackgroundTask[]; nextCursor: string | null }>
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

/**
 * Makes a client of one task server. Sends nothing until the first call, so that it may stand at the top of a module.
 *
 * @example
 * const tasks = createTaskService({ headers: () => ({ authorization: `Bearer ${token()}` }) })
 * const task = await tasks.createBackgroundTask({ type: 'GENERATE_MEDIA_PLAN', brandId, payload })
 */
export function createTaskService(options: TaskServiceOptions = {}): TaskService {
  const wire = createTaskWire(createSend(options))
  return {
    // The server answers with the type that it was asked for; JSON cannot carry that to the compiler.
    createBackgroundTask: async <T extends TaskType>(input: CreateTask<T>, request?: CreateOptions) =>
      toBackgroundTask<T>((await wire.create(input, request)) as TaskJson<T>),
    async createBackgroundTasks(inputs, request) {
      const { batchId, tasks } = await wire.createMany(inputs, request)
      return { batchId, tasks: tasks.map((task) => toBackgroundTask(task)) }
    },
    getStatus: async <T extends TaskType = TaskType>(taskId: TaskId<T>, request?: RequestOptions) =>
      toBackgroundTask<T>((await wire.getStatus(taskId, request)) as TaskJson<T>),
    cancelTask: async <T extends TaskType = TaskType>(taskId: TaskId<T>, request?: RequestOptions) =>
      toBackgroundTask<T>((await wire.cancel(taskId, request)) as TaskJson<T>),
    async listTasks(filter, request) {
      const { tasks, nextCursor } = await wire.list(filter, request)
      return { tasks: tasks.map((task) => toBackgroundTask(task)), nextCursor }
    },
    wire,
  }
}

/** The default client, of the task server at `/api/jobs` of the page's own origin. */
export const taskService: TaskService = /* @__PURE__ */ createTaskService()
