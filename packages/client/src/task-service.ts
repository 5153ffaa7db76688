import {
  type BackgroundTask,
  type CancelTasksResponse,
  createLogger,
  type GetStatsResponse,
  guardLogger,
  type CreateOptions,
  type CreateTask,
  type TaskBatch,
  TaskError,
  type TaskFilter,
  type TaskId,
  type TaskJson,
  type TaskType,
  type TaskWire,
  toBackgroundTask,
  type RequestOptions,
  withHandled,
} from '@brandkit/core'
import ky, { type KyInstance } from 'ky'
import { toTaskKy } from './app-ky.js'
import { type AuthorizationOptions, createAuthorization } from './authorization.js'
import { createWireParts, type PageServiceOptions } from './page-service.js'
import { sseTransport } from './sse-transport.js'
import type { StreamTransport } from './stream-transport.js'
import { createTaskWire, type ClientWire } from './task-wire.js'
import { assertConfiguredUrl } from './to-request-url.js'

export interface TaskServiceOptions extends PageServiceOptions, AuthorizationOptions {
  /**
   * The app's own ky, whose hooks, headers and `fetch` every request then has: tracing, token renewal, a proxy. Its retries do
   * not count, because the follower is the retry; a hook may ask for one by `ky.retry()`, and the second answer then counts. Default: ky as it comes.
   *
   * @example
   * createTaskService({ ky: api.extend({ hooks: { beforeRequest: [({ request }) => trace(request)] } }) })
   */
  ky?: KyInstance | undefined
  /** Gets a `Request`. Default: ky's own, which is the global one. */
  fetch?: typeof globalThis.fetch | undefined
  /** Default: that of ky, which is `same-origin`. */
  credentials?: RequestCredentials | undefined
  /** How events reach a follower. `false`: not at all, it polls. Default: server-sent events over fetch. */
  stream?: false | StreamTransport | undefined
}

/**
 * The `/api/jobs` protocol. Every method rejects with a TaskError, or with the reason of an aborted signal; a rejection
 * that nobody awaits does no harm.
 */
export interface TaskService {
  createBackgroundTask<T extends TaskType>(input: CreateTask<T>, options?: CreateOptions): Promise<BackgroundTask<T>>
  /** Up to 100, all or none. */
  createBackgroundTasks(
    inputs: readonly CreateTask[],
    options?: CreateOptions,
  ): Promise<{ batchId: string; tasks: BackgroundTask[] }>
  /** Reads that are asked for in the same turn become one request, whose tasks come without payload. */
  getStatus<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** What has become of the tasks that were created together. */
  getBatch(batchId: string, options?: RequestOptions): Promise<TaskBatch>
  /**
   * Resolves with the task as it is at its end, whichever end it is. Survives up to five failures in a row. Waits as long
   * as it takes: `signal` ends it sooner.
   */
  waitForTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** Rejects with `task_is_over` when the task ended otherwise. */
  cancelTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** Up to 100. Each has an outcome of its own, in the order asked for. */
  cancelTasks(taskIds: readonly string[], options?: RequestOptions): Promise<CancelTasksResponse['outcomes']>
  cancelBatch(batchId: string, options?: RequestOptions): Promise<CancelTasksResponse['outcomes']>
  /** Does the work of a failed or cancelled task again, as a new task. Asking twice gives the same one. */
  retryTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** Empties a task that has ended. Its id then rejects with `task_gone`. */
  deleteTask(taskId: string, options?: RequestOptions): Promise<void>
  listTasks(
    filter?: TaskFilter,
    options?: RequestOptions,
  ): Promise<{ tasks: BackgroundTask[]; nextCursor: string | null }>
  /** The figures of the caller's tenant. Only operators may see them; others get `forbidden`. */
  getStats(options?: RequestOptions): Promise<GetStatsResponse>
  /** The same verbs as they come over the wire, for caches that hold JSON. */
  readonly wire: ClientWire
}

/** The method that performs each verb. The compiler points here when there is a new one. */
export type ServiceMethods = Methods<{
  create: 'createBackgroundTask'
  createMany: 'createBackgroundTasks'
  getStatus: 'getStatus'
  // Calls in one turn are gathered.
  getStatuses: 'getStatus'
  getBatch: 'getBatch'
  cancel: 'cancelTask'
  cancelMany: 'cancelTasks'
  cancelBatch: 'cancelBatch'
  retry: 'retryTask'
  delete: 'deleteTask'
  list: 'listTasks'
  stats: 'getStats'
  waitFor: 'waitForTask'
}>

type Methods<All extends Record<keyof TaskWire, keyof TaskService>> = All

/**
 * Makes a client of one task server. Sends nothing until the first call, so that it may stand at the top of a module.
 *
 * @throws TypeError when `url` is no path and no http or https address, or `ky` is no ky instance
 *
 * @example
 * const tasks = createTaskService({ headers: () => ({ authorization: `Bearer ${token()}` }) })
 * const task = await tasks.createBackgroundTask({ type: 'GENERATE_MEDIA_PLAN', brandId, payload })
 */
export function createTaskService(options: TaskServiceOptions = {}): TaskService {
  const { url, stream = sseTransport, logger = createLogger({ level: 'warn' }) } = options
  if (url !== undefined) assertConfiguredUrl(url, { schemes: /^https?$/ })
  const authorization = createAuthorization(options, guardLogger(logger).scope('TaskService'))
  const wire = createTaskWire(createWireParts({ url, logger, http: toHttp(options), authorization, stream }))
  return withHandled({
    createBackgroundTask: asTask(wire.create),
    createBackgroundTasks: withTasks(wire.createMany),
    getStatus: asTask(wire.getStatus),
    getBatch: wire.getBatch,
    waitForTask: asTask(wire.waitFor),
    cancelTask: asTask(wire.cancel),
    cancelTasks: wire.cancelMany,
    cancelBatch: wire.cancelBatch,
    retryTask: asTask(wire.retry),
    deleteTask: wire.delete,
    listTasks: withTasks(wire.list),
    getStats: wire.stats,
    wire,
  })
}

function toHttp({ ky: given, fetch, credentials }: TaskServiceOptions): KyInstance {
  const ownFetch = fetch ?? (given ? undefined : fetchOfHere)
  return (given ? toTaskKy(given) : ky).extend({
    ...(credentials && { credentials }),
    ...(ownFetch && { fetch: ownFetch }),
  })
}

/** `fetch` is looked up at every request: a service may stand at the top of a module, and tests replace the global one. */
async function fetchOfHere(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
  if (globalThis.fetch) return globalThis.fetch(...request)
  throw new TaskError('invalid_request', 'There is no `fetch` here. Pass createTaskService({ fetch }).', { status: 0 })
}

/** The verb as apps see it: what it answers has dates. */
function asTask<Input, Options>(verb: (input: Input, options?: Options) => Promise<TaskJson>) {
  return async <T extends TaskType>(input: Input, options?: Options): Promise<BackgroundTask<T>> =>
    // The server answers with the type that it was asked for; JSON cannot carry that to the compiler.
    toBackgroundTask<T>((await verb(input, options)) as TaskJson<T>)
}

function withTasks<Input extends unknown[], Reply extends { tasks: TaskJson[] }>(
  verb: (...input: Input) => Promise<Reply>,
) {
  return async (...input: Input) => {
    const reply = await verb(...input)
    return { ...reply, tasks: reply.tasks.map((task) => toBackgroundTask(task)) }
  }
}

/** The default client, of the task server at `/api/jobs` of the page's own origin. */
export const taskService: TaskService = /* @__PURE__ */ createTaskService()
