import {
  createLogger,
  describeError,
  guardLogger,
  type TaskCatalog,
  type WorkerStatus,
  withHandled,
} from '@brandkit/core'
import { assertRuntime } from './assert-runtime.js'
import type { ActionServices } from './http/define-action.js'
import { withDirectDoor } from './http/direct-door.js'
import { parseCallOptions, parseNewTask, parseStatsOptions, parseUsageRequest } from './http/server-call.js'
import { createPersonCalls } from './http/person-calls.js'
import { serveOpenapi } from './http/openapi/serve-openapi.js'
import { createServerWire } from './http/server-wire.js'
import { createTaskHandler } from './http/task-handler.js'
import { toKnownError } from './http/to-problem.js'
import { expectManyListeners } from './platform.js'
import { parsePrincipal } from './principal.schema.js'
import { createTraceId } from './random-ids.js'
import { createAuthorization } from './runtime/authorization.js'
import { createChangeHub } from './runtime/watching/change-hub.js'
import { createBudgets } from './runtime/spending/budgets.js'
import { createUsageReader } from './runtime/spending/usage-reader.js'
import { createCreateRate } from './runtime/creating/create-rate.js'
import { createEstimates } from './runtime/estimating/estimates.js'
import { createHealth } from './runtime/connecting/health.js'
import { createLifecycle } from './runtime/lifecycle.js'
import { guardBackoff } from './runtime/running/guard-backoff.js'
import { createLimitPolicy } from './runtime/creating/task-limits.js'
import { createMaintenance } from './runtime/maintenance.js'
import { newestWork } from './runtime/running/newest-work.js'
import { createPublisher } from './runtime/publisher.js'
import { createProviderBudgets } from './runtime/providers/provider-budgets.js'
import { createReadStats } from './runtime/estimating/read-stats.js'
import { createReleaseNext } from './runtime/running/release-next.js'
import { createServerConnection } from './runtime/connecting/server-connection.js'
import { createTaskCreator } from './runtime/creating/task-creator.js'
import { createTaskStreams } from './runtime/watching/task-streams.js'
import { tellEnds } from './runtime/telling/tell-ends.js'
import { toTimings } from './runtime/timings.js'
import { toTaskJson } from './runtime/to-task-json.js'
import { tracedClock, tracedQueue, tracedStore } from './runtime/traced.js'
import { createWorker } from './runtime/running/worker.js'
import { createTellCancelled } from './runtime/running/tell-cancelled.js'
import { createWorkplace } from './runtime/running/workplace.js'
import type { ServerParts } from './server-parts.js'
import type { TaskServer } from './task-server.js'
import { assertServerOptions, generatorsOf, type TaskServerOptions } from './task-server-options.js'
import { shuttingDown, STUBBORN_MS, waitAtMost } from './patience.js'

/** `createTaskServer` with the given parts. Only the fake task server replaces the usual parts. */
export function assembleTaskServer<const C extends TaskCatalog>(
  options: TaskServerOptions<C>,
  { telemetry, createId, drawPauseMs, amendEstimates, defaultDrivers, ...parts }: ServerParts,
): TaskServer {
  assertRuntime()
  const drivers = assertServerOptions(options, defaultDrivers)
  const { catalog, authenticate, allowedOrigins = [], concurrency = 10, invocationBudgetMs } = options
  const clock = tracedClock(parts.clock, telemetry)
  const queue = tracedQueue(drivers.queue, telemetry)
  const root = guardLogger(options.logger ?? createLogger({ level: options.logLevel }), { level: options.logLevel })
  const logger = root.scope('API/Jobs')
  const timings = toTimings(options.timings)
  const { store, delivery } = tellEnds(tracedStore(drivers.store, telemetry), {
    notify: options.notify,
    drainMs: timings.drainMs,
    logger,
  })
  const backoff = guardBackoff(options.backoff, { logger })
  const generators = generatorsOf(options)

  const closing = new AbortController()
  // Each waiting request adds a listener, and a thousand requests may wait.
  expectManyListeners(closing.signal)
  const authorization = createAuthorization(options.authorize, { closing: closing.signal })
  const policy = createLimitPolicy(catalog, options.limits, options.tiers)
  const budgets = createBudgets({ policy, store, clock })
  const usage = createUsageReader({ policy, budgets, store, clock })
  const createRate = createCreateRate(policy, options.limits, logger)
  const changes = createChangeHub({ logger, telemetry })
  const estimates = amendEstimates(createEstimates({ catalog, store, clock, logger }))
  const streams = createTaskStreams({ store, changes, estimates, timings, clock, drawPauseMs, logger })
  const publisher = createPublisher({ queue, logger })
  const lifecycle = createLifecycle(options.onEvent, { telemetry, logger })
  const releaseNext = createReleaseNext({ store, publisher, limits: policy.claim, logger })
  const worker = createWorker({
    work: newestWork(store.place, { catalog, generators }),
    store,
    publisher,
    releaseNext,
    lifecycle,
    telemetry,
    limits: policy.claim,
    budgets,
    backoff,
    providers: createProviderBudgets(options.limits, { store: drivers.store, clock, logger }),
    timings,
    concurrency,
    localStart: queue.capabilities.localStart === true,
    invocationBudgetMs,
    clock,
    logger,
  })
  // A memory queue belongs to one server, and a shared store may have a worker in every process: neither needs turns.
  const isAlone = queue.capabilities.durable && !store.capabilities.shared
  const workplace = createWorkplace(isAlone ? store.place : undefined, (error) => {
    logger.error('Work could not begin after another server of this process had stopped', {
      reason: describeError(error),
    })
  })
  const maintenance = createMaintenance({
    store,
    queue,
    publisher,
    limits: policy.claim,
    slots: concurrency,
    telemetry,
    timings,
    clock,
    logger,
  })
  const readStats = createReadStats({ catalog, store, queue, usage, clock, hasTargets: delivery !== null })
  const tellCancelled = createTellCancelled({ worker, lifecycle, releaseNext })
  const creator = createTaskCreator({
    catalog,
    servedTypes: new Set(generators.keys()),
    store,
    queue,
    publisher,
    local: worker.local,
    limits: policy,
    budgets,
    authorization,
    tellCancelled,
    lifecycle,
    telemetry,
    timings,
    clock,
    createId,
    logger,
  })
  const services: ActionServices = {
    catalog,
    authorization,
    store,
    changes,
    streams,
    queue,
    publisher,
    worker,
    maintenance,
    delivery,
    creator,
    createRate,
    tellCancelled,
    lifecycle,
    estimates,
    readStats,
    usage,
    clock,
    closing: closing.signal,
  }

  let state: 'idle' | 'started' | 'stopped' = 'idle'
  let beginning: Promise<void> | null = null
  let couldBegin = true

  const connection = createServerConnection({ store, queue, telemetry, changes, worker, logger })

  function connected(): Promise<void> {
    if (state === 'stopped') throw shuttingDown()
    return connection.open()
  }

  async function connectedServices(): Promise<ActionServices> {
    await connected()
    if (state === 'idle') await maintenance.inPassing()
    return services
  }

  async function begin(): Promise<void> {
    await connected()
    // `stop()` was called while the server connected.
    if (state === 'stopped') return
    state = 'started'
    const turn = await workplace.enter(async () => {
      if (state === 'stopped') return
      await queue.consume?.(worker)
      maintenance.start()
      logger.info('Working', { store: store.name, queue: queue.name, types: generators.size, concurrency })
    })
    if (turn === 'waiting') logger.info('Another server of this process works on these tasks; this one is next')
  }

  function workerStatus(): WorkerStatus {
    if (state === 'stopped') return 'stopping'
    if (!couldBegin || maintenance.isStuck()) return 'down'
    return state === 'started' ? 'ok' : 'none'
  }

  const readHealth = createHealth({
    store,
    queue,
    connection,
    worker: workerStatus,
    logger,
  })
  const runtime = {
    authorization,
    activeTraceId: telemetry.activeTraceId,
    logger,
    services: () => (state === 'started' ? services : connectedServices()),
  }
  const { answer, answerMount, ...doors } = createTaskHandler({
    ...runtime,
    authenticate,
    allowedOrigins,
    closing: closing.signal,
    openapi: serveOpenapi({ catalog, refusal: queue.capabilities.refusal }),
    readHealth,
  })

  const server = withHandled<TaskServer>({
    ...doors,
    mounting: { catalog, types: [...generators.keys()], retentionMs: timings.retentionMs, answer: answerMount },
    start() {
      couldBegin = true
      beginning ??= begin().catch((error: unknown) => {
        beginning = null
        couldBegin = false
        // The caller may ignore the promise of `start()`.
        logger.error('The server could not start', { reason: describeError(error) })
        throw error
      })
      return beginning
    },
    async stop() {
      if (state === 'stopped') return
      state = 'stopped'
      // Streams end first, because an HTTP server that closes waits for every open answer.
      streams.close()
      closing.abort()
      await Promise.allSettled([connection.attempt(), beginning])
      // The next server may begin now; it need not wait for this server's running tasks.
      workplace.leave()
      // The process must end even if a database or a queue engine hangs.
      await Promise.all([waitAtMost(STUBBORN_MS, [maintenance.stop()]), worker.stop()])
      await delivery?.stop()
      await waitAtMost(STUBBORN_MS, [publisher.close()])
      changes.close()
      try {
        if (!connection.attempt()) return
        await waitAtMost(STUBBORN_MS, [queue.close()])
        await store.close()
      } finally {
        // Telemetry closes last, so that the disconnecting calls have spans too.
        telemetry.close()
      }
    },
    async maintain() {
      await connected()
      const outcome = await maintenance.pass({ minIntervalMs: 0 })
      // The platform may freeze this process when the caller is answered.
      await delivery?.settled()
      return outcome
    },
    health: readHealth,
    async stats(asked = {}) {
      const { tenantId } = parseStatsOptions(asked)
      await connected()
      return readStats({ tenantId })
    },
    async usage(asked) {
      const request = parseUsageRequest(asked)
      await connected()
      return usage.sums(request)
    },
    ...createPersonCalls({ store, clock, logger, connected }),
    as: (principal) => createServerWire(principal, runtime),
    tasks: withHandled<TaskServer['tasks']>({
      async create(given, input, chosenOptions) {
        let traceId = telemetry.activeTraceId() ?? createTraceId()
        try {
          const { idempotencyKey, transaction, ...chosen } = parseCallOptions(chosenOptions, 'create')
          traceId = chosen.traceId ?? traceId
          const principal = parsePrincipal(given, 'tasks.create')
          const request = parseNewTask(input)
          await connected()
          const scope = await authorization(principal, 'create', [request.brandId])
          const task = await creator.create(principal, request, { idempotencyKey, transaction, scope, traceId })
          return toTaskJson(task)
        } catch (error) {
          throw toKnownError(error, { traceId, logger })
        }
      },
    }),
  })
  return withDirectDoor(server, answer)
}
