import {
  type BackoffPolicy,
  createBackoffPolicy,
  createLogger,
  createTraceId,
  type TaskCatalog,
  TaskError,
  type TaskJson,
  type TaskLogger,
} from '@brandkit/core'
import type { ActionServices } from './http/define-action.js'
import { serveOpenapi } from './http/openapi/serve-openapi.js'
import { createTaskHandler } from './http/task-handler.js'
import type { Principal } from './principal.js'
import type { QueueBackend } from './queue/queue-backend.js'
import type { Generator, Generators } from './runtime/generator.js'
import { createChangeHub } from './runtime/change-hub.js'
import { createCreateRate } from './runtime/create-rate.js'
import { createLifecycle, type TaskLifecycleListener } from './runtime/lifecycle.js'
import { createLimitPolicy, type TaskLimits, type TierLimits } from './runtime/limits.js'
import { createMaintenance } from './runtime/maintenance.js'
import type { NewTaskInput } from './runtime/new-task.js'
import { createPublisher } from './runtime/publisher.js'
import { createReleaseHeld } from './runtime/release-held.js'
import { createTaskCreator } from './runtime/task-creator.js'
import type { TaskStream } from './runtime/task-stream.js'
import { createTaskStreams } from './runtime/task-streams.js'
import { createTelemetry } from './runtime/telemetry.js'
import { type Timings, toTimings } from './runtime/timings.js'
import { toTaskJson } from './runtime/to-task-json.js'
import { createWorker } from './runtime/worker.js'
import type { MaintainOutcome, SqlTransaction, StoreStats, TaskStore } from './store/task-store.js'

export interface TaskServerOptions<C extends TaskCatalog> {
  /** The task types: `brandTasks`, or your own `defineTasks({ … })`. */
  catalog: C
  store: TaskStore
  queue: QueueBackend
  /** Who asks? `null` answers 401. */
  authenticate: (request: Request) => Principal | null | Promise<Principal | null>
  /** What this server can run. A type without a generator answers 422. */
  generators: Generators<C>
  /** How many tasks principals may create, have under way and run. Default: no limits. */
  limits?: TaskLimits | undefined
  /** What differs for principals of a tier, by `principal.tier`: `{ premium: { maxPriority: 'high' } }`. */
  tiers?: Readonly<Record<string, TierLimits>> | undefined
  /** Other origins (`https://app.example`) whose pages may send mutations and read answers, with cookies (CORS). Default: none. */
  allowedOrigins?: readonly string[] | undefined
  /** Tasks that run at once in this process. Default 10. */
  concurrency?: number | undefined
  /**
   * For push queues: ends an attempt after this many milliseconds, before the platform does, and hands the task to the
   * next invocation. Steps that are done are not repeated, and the attempt is not counted if at least one was. Choose
   * the platform's limit less a few seconds for connecting and answering. Default: no limit.
   */
  invocationBudgetMs?: number | undefined
  /** Time between attempts. Default: 1 s to 5 min, doubling, full jitter. */
  backoff?: BackoffPolicy | undefined
  timings?: Partial<Timings> | undefined
  /** Hears of what this process does to tasks, for logs and metrics. Best effort: the store is the truth. Default: nobody. */
  onEvent?: TaskLifecycleListener | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

export interface TaskServer {
  /** Serves `/api/jobs`. Connects on the first request if `start` was not called. Never rejects. */
  handler(request: Request): Promise<Response>
  /**
   * The door for mounts that can upgrade a connection: `action=events` without the HTTP answer. Gives the stream, to be
   * attached to what carries it, or the answer that refuses (400, 401, 403 for another site's page, 404, 503 …). Also the
   * origin is checked, cookies or none. One that is not attached within a minute is given up. Never rejects.
   */
  openEvents(request: Request): Promise<TaskStream | Response>
  /** Connects, then works on tasks until `stop`. After a failure it may be called again. */
  start(): Promise<void>
  /** Takes nothing more, lets running tasks finish for a while, hands back the others, disconnects. */
  stop(): Promise<void>
  /** One round of maintenance, for deployments where no process lives between requests. */
  maintain(): Promise<MaintainOutcome | null>
  /** How many tasks are in which state, of one tenant or of all, and how many messages wait in the queue if it can tell. */
  stats(options?: { tenantId?: string | undefined }): Promise<StoreStats & { waitingMessages?: number }>
  tasks: {
    /**
     * Creates a task from server code, for the given principal. With `transaction` the task is part of the caller's own:
     * both commit or neither does.
     *
     * @throws TaskError as `action=create` answers
     */
    create(principal: Principal, input: NewTaskInput, options?: ServerCreateOptions): Promise<TaskJson>
  }
}

export interface ServerCreateOptions {
  transaction?: SqlTransaction | undefined
  idempotencyKey?: string | undefined
  /** 32 hex digits; default: that of the app's active span, else a fresh one. */
  traceId?: string | undefined
}

/**
 * Makes a server that keeps tasks in `store`, has them delivered by `queue` and runs them by `generators`. Does no I/O
 * itself, because frameworks import routes at build time.
 *
 * @throws TypeError when an option is missing or contradicts another
 */
export function createTaskServer<const C extends TaskCatalog>(options: TaskServerOptions<C>): TaskServer {
  assertOptions(options)
  const { catalog, store, queue, authenticate, allowedOrigins = [], concurrency = 10, invocationBudgetMs } = options
  const root = options.logger ?? createLogger()
  const logger = root.scope('API/Jobs')
  const timings = toTimings(options.timings)
  const backoff = options.backoff ?? createBackoffPolicy({ ceilingMs: 5 * 60 * 1_000 })
  // Which generator belongs to which type was checked by the compiler; inside, one shape serves all.
  const generators = new Map(Object.entries(options.generators)) as ReadonlyMap<string, Generator<never>>

  const policy = createLimitPolicy(catalog, options.limits, options.tiers)
  const createRate = createCreateRate(policy, options.limits, logger)
  const changes = createChangeHub()
  const streams = createTaskStreams({ store, changes, timings, logger })
  const publisher = createPublisher({ queue, logger })
  const telemetry = createTelemetry()
  const lifecycle = createLifecycle(options.onEvent, { telemetry, logger })
  const releaseHeld = createReleaseHeld({ store, publisher, limits: policy.claim, logger })
  const worker = createWorker({
    catalog,
    generators,
    store,
    publisher,
    releaseHeld,
    lifecycle,
    telemetry,
    limits: policy.claim,
    backoff,
    timings,
    concurrency,
    invocationBudgetMs,
    logger,
  })
  const maintenance = createMaintenance({ store, queue, publisher, limits: policy.claim, telemetry, timings, logger })
  const creator = createTaskCreator({
    catalog,
    servedTypes: new Set(generators.keys()),
    store,
    queue,
    publisher,
    limits: policy,
    lifecycle,
    telemetry,
    timings,
    logger,
  })
  const services: ActionServices = {
    catalog,
    store,
    changes,
    streams,
    queue,
    publisher,
    worker,
    maintenance,
    creator,
    createRate,
    releaseHeld,
    lifecycle,
  }

  let state: 'idle' | 'started' | 'stopped' = 'idle'
  let connection: Promise<void> | null = null
  let beginning: Promise<void> | null = null

  async function connect(): Promise<void> {
    await store.open()
    if (store.capabilities.warning) logger.warn(store.capabilities.warning)
    try {
      await queue.open({ store, logger })
    } catch (error) {
      // Connecting is tried again; what this attempt has opened must not stay, least of all the lock on a data folder.
      await store.close()
      throw error
    }
    await telemetry.open(() => store.stats())
    changes.subscribe({ onChanges: worker.notice, following: worker.running, owners: () => [] })
    changes.open(store)
  }

  function connected(): Promise<void> {
    if (state === 'stopped')
      throw new TaskError('shutting_down', 'The server is shutting down. Try again in a moment.', {
        retryAfterMs: 2_000,
      })
    // A failed connection is forgotten, so that the next request tries again.
    connection ??= connect().catch((error: unknown) => {
      connection = null
      throw error
    })
    return connection
  }

  async function begin(): Promise<void> {
    await connected()
    // By a signal that came while it connected.
    if (state === 'stopped') return
    state = 'started'
    await queue.consume?.(worker)
    maintenance.start()
    logger.info('Working', { store: store.name, queue: queue.name, types: generators.size, concurrency })
  }

  /** Where no process lives between requests, requests keep the house: at most one pass in `maintenanceMs`, by one row. */
  async function maintainInPassing(): Promise<void> {
    if (state !== 'idle') return
    await maintenance.pass({ minIntervalMs: timings.maintenanceMs }).catch((error: unknown) => {
      logger.warn('Maintenance failed and will be tried again', { reason: String(error) })
    })
  }

  const doors = createTaskHandler({
    authenticate,
    allowedOrigins,
    activeTraceId: telemetry.activeTraceId,
    openapi: serveOpenapi({ catalog, refusal: queue.capabilities.refusal }),
    logger: root,
    async services() {
      await connected()
      await maintainInPassing()
      return services
    },
  })

  return {
    ...doors,
    start() {
      beginning ??= begin().catch((error: unknown) => {
        beginning = null
        throw error
      })
      return beginning
    },
    async stop() {
      if (state === 'stopped') return
      state = 'stopped'
      // First of all, since an HTTP server that closes waits for every answer that has not ended.
      streams.close()
      await Promise.allSettled([connection, beginning])
      await maintenance.stop()
      await worker.stop()
      await publisher.idle()
      changes.close()
      telemetry.close()
      if (!connection) return
      await queue.close()
      await store.close()
    },
    async maintain() {
      await connected()
      return maintenance.pass({ minIntervalMs: 0 })
    },
    async stats({ tenantId } = {}) {
      await connected()
      const waitingMessages = await queue.depth?.().catch(() => undefined)
      return { ...(await store.stats(tenantId)), ...(waitingMessages !== undefined && { waitingMessages }) }
    },
    tasks: {
      async create(principal, input, { traceId, ...rest } = {}) {
        await connected()
        return toTaskJson(
          await creator.create(principal, input, {
            ...rest,
            traceId: traceId ?? telemetry.activeTraceId() ?? createTraceId(),
          }),
        )
      },
    },
  }
}

/** JavaScript callers get a sentence instead of a failure at the first request. */
function assertOptions(options: TaskServerOptions<TaskCatalog>): void {
  if (typeof options.authenticate !== 'function') {
    throw new TypeError(
      'createTaskServer needs `authenticate`: a function from a Request to a principal, or null. Without it everybody would be everybody.',
    )
  }
  for (const type of Object.keys(options.generators)) {
    if (!Object.hasOwn(options.catalog, type)) {
      throw new TypeError(
        `There is a generator for "${type}", which is not in the catalog. Known types: ${Object.keys(options.catalog).join(', ')}.`,
      )
    }
  }
  const { concurrency = 1 } = options
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new TypeError(`concurrency is ${concurrency}; it must be a whole number from 1.`)
  const { invocationBudgetMs = 1 } = options
  if (!(invocationBudgetMs > 0))
    throw new TypeError(`invocationBudgetMs is ${invocationBudgetMs}; it must be more than 0 milliseconds.`)
}
