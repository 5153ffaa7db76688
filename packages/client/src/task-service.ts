import {
  type AuditFilter,
  type BackgroundTask,
  type CancelTasksResponse,
  createLogger,
  type GetAuditResponse,
  type GetStatsResponse,
  type GetTextResponse,
  type GetUsageResponse,
  guardLogger,
  type MatchingAction,
  type CreateOptions,
  type CreateTask,
  type TaskBatch,
  type TaskConditions,
  TaskError,
  type TaskFilter,
  type TaskId,
  type TaskJson,
  type TaskSummary,
  type TaskType,
  toBackgroundTask,
  toTaskSummary,
  type TextQuery,
  type UsageMonthQuery,
  type RequestOptions,
  type RetryOptions,
  type StatsOptions,
  withHandled,
} from '@brandkit/core'
import ky, { type KyInstance } from 'ky'
import { actOnAll, type ActOnAllOptions, countAll, type MatchingCount, type MatchingProgress } from './act-on-all.js'
import { toTaskKy } from './app-ky.js'
import { type AuthorizationOptions, createAuthorization } from './authorization.js'
import { createWireParts, type PageServiceOptions } from './page-service.js'
import { sseTransport } from './sse-transport.js'
import type { StreamTransport } from './stream-transport.js'
import { createTaskWire, type ClientWire } from './task-wire.js'
import { assertConfiguredUrl } from './to-request-url.js'

export interface TaskServiceOptions extends PageServiceOptions, AuthorizationOptions {
  /**
   * The app's own ky, whose hooks, headers and `fetch` apply to every request: tracing, token renewal, a proxy. Its retry
   * settings are ignored, because the follower retries. A hook may repeat a request once by `ky.retry()`, and the second
   * answer counts. Default: plain ky.
   *
   * @example
   * createTaskService({ ky: api.extend({ hooks: { beforeRequest: [({ request }) => trace(request)] } }) })
   */
  ky?: KyInstance | undefined
  /** Gets a `Request`. Default: ky's own, which is the global one. */
  fetch?: typeof globalThis.fetch | undefined
  /** Default: ky's, which is `same-origin`. */
  credentials?: RequestCredentials | undefined
  /** How events reach a follower. `false` means polling only. Default: server-sent events over fetch. */
  stream?: false | StreamTransport | undefined
}

/**
 * The `/api/jobs` protocol. Every method rejects with a TaskError, or with the reason of an aborted signal. A rejection
 * without a handler does no harm.
 */
export interface TaskService {
  createBackgroundTask<T extends TaskType>(input: CreateTask<T>, options?: CreateOptions): Promise<BackgroundTask<T>>
  /** Creates up to 100 tasks, all or none. */
  createBackgroundTasks(
    inputs: readonly CreateTask[],
    options?: CreateOptions,
  ): Promise<{ batchId: string; tasks: BackgroundTask[] }>
  /** Reads in the same turn become one request, whose tasks come without payload. */
  getStatus<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** What a task's text has gained since a cursor. */
  getText(query: TextQuery, options?: RequestOptions): Promise<GetTextResponse>
  /** The current state of the tasks that were created together. */
  getBatch(batchId: string, options?: RequestOptions): Promise<TaskBatch>
  /**
   * Resolves with the ended task, whatever its end. Survives up to five failures in a row. Waits without a limit;
   * `signal` ends the wait.
   */
  waitForTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** Rejects with `task_is_over` when the task has completed or failed. */
  cancelTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RequestOptions): Promise<BackgroundTask<T>>
  /** Cancels up to 100 tasks. Each has its own outcome, in the order of the ids. */
  cancelTasks(taskIds: readonly string[], options?: RequestOptions): Promise<CancelTasksResponse['outcomes']>
  cancelBatch(batchId: string, options?: RequestOptions): Promise<CancelTasksResponse['outcomes']>
  /**
   * Repeats a failed or cancelled task as a new task, which keeps what is finished. With `from: { step }` it repeats any ended
   * task from that step on, also a completed one. Idempotent: a second call with the same `from` returns the same new task.
   */
  retryTask<T extends TaskType = TaskType>(taskId: TaskId<T>, options?: RetryOptions): Promise<BackgroundTask<T>>
  /** Empties a task that has ended. Later reads of its id reject with `task_gone`. */
  deleteTask(taskId: string, options?: RequestOptions): Promise<void>
  /**
   * Cancels, retries or deletes all tasks that match, however many, in requests of up to 100. The filter names at least one
   * condition, or says `{ all: true }`. Retries count against the limits of creates, so `rate_limited` may end the call.
   */
  actOnMatchingTasks(
    action: MatchingAction,
    filter: TaskConditions,
    options?: ActOnAllOptions,
  ): Promise<MatchingProgress>
  /** Counts the tasks that `actOnMatchingTasks` would take now, up to about a thousand. Changes nothing. */
  countMatchingTasks(action: MatchingAction, filter: TaskConditions, options?: RequestOptions): Promise<MatchingCount>
  /** Summaries, newest first. Read content by id: `getStatus` calls in one turn are one request. */
  listTasks(filter?: TaskFilter, options?: RequestOptions): Promise<{ tasks: TaskSummary[]; nextCursor: string | null }>
  /** What the caller has used in a month, and what is left of the caller's budget. */
  getUsage(query?: UsageMonthQuery, options?: RequestOptions): Promise<GetUsageResponse>
  /** The figures of the caller's tenant, for operators only; others get `forbidden`. */
  getStats(options?: StatsOptions): Promise<GetStatsResponse>
  /** Who cancelled, retried, deleted, exported or erased what, newest first. For operators only, as `getStats`. */
  getAudit(filter?: AuditFilter, options?: RequestOptions): Promise<GetAuditResponse>
  /** The same verbs with their wire JSON, for caches that hold JSON. */
  readonly wire: ClientWire
}

/**
 * Creates a client of one task server. It sends nothing until the first call, so modules can create it at the top
 * level.
 *
 * @throws TypeError when `url` is neither a path nor an http or https address, or when `ky` is no ky instance
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
    async createBackgroundTasks(inputs, request) {
      const { batchId, tasks } = await wire.createMany(inputs, request)
      return { batchId, tasks: tasks.map((task) => toBackgroundTask(task)) }
    },
    getStatus: asTask(wire.getStatus),
    getText: wire.getText,
    getBatch: wire.getBatch,
    waitForTask: asTask(wire.waitFor),
    cancelTask: asTask(wire.cancel),
    cancelTasks: wire.cancelMany,
    cancelBatch: wire.cancelBatch,
    retryTask: asTask(wire.retry),
    deleteTask: wire.delete,
    actOnMatchingTasks: async (action, filter, request) => actOnAll(wire, { action, filter }, request),
    countMatchingTasks: async (action, filter, request) => countAll(wire, { action, filter }, request),
    async listTasks(filter, request) {
      const { tasks, nextCursor } = await wire.list(filter, request)
      return { tasks: tasks.map((task) => toTaskSummary(task)), nextCursor }
    },
    getUsage: wire.getUsage,
    getStats: wire.stats,
    getAudit: wire.audit,
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

/** Looks up `fetch` at every request, because tests replace the global one after modules have created a service. */
async function fetchOfHere(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
  if (globalThis.fetch) return globalThis.fetch(...request)
  throw new TaskError('invalid_request', 'There is no `fetch` here. Pass createTaskService({ fetch }).', { status: 0 })
}

/** The verb as apps see it: its answer has dates. */
function asTask<Input, Options>(verb: (input: Input, options?: Options) => Promise<TaskJson>) {
  return async <T extends TaskType>(input: Input, options?: Options): Promise<BackgroundTask<T>> =>
    // The server answers with the requested type, but JSON cannot carry the type to the compiler.
    toBackgroundTask<T>((await verb(input, options)) as TaskJson<T>)
}

/** The default client, for the task server at `/api/jobs` of the page's own origin. */
export const taskService: TaskService = /* @__PURE__ */ createTaskService()
