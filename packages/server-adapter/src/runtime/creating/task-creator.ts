import { isTaskError, type TaskCatalog, type TaskError, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { KnownPrincipal, TaskScope } from '../../principal.js'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { NewStoredTask, StoredTask, TaskStore } from '../../store/task-store.js'
import type { SqlTransaction } from '../../store/sql-database.js'
import { assertBrand } from '../authorization.js'
import { type Idempotency, toCreateKey, toRetryKey } from './idempotency.js'
import type { Lifecycle } from '../lifecycle.js'
import type { LimitPolicy } from './task-limits.js'
import { type NewTaskInput, toNewTask } from './new-task.js'
import { type Publisher, toDelivery } from '../publisher.js'
import type { Telemetry } from '../telemetry.js'
import type { Timings } from '../timings.js'

export interface RetryOptions {
  traceId: string
  /** The request's own, which says whose child the create is. */
  traceparent?: string | null | undefined
  /** Why nothing new may be created. Thrown unless an earlier create under the same key is there to be given back. */
  refusal?: TaskError | null | undefined
}

export interface CreateOptions extends RetryOptions {
  /** How far the principal reaches when creating. */
  scope: TaskScope
  /** Creating twice under one key creates once. */
  idempotencyKey?: string | undefined
  transaction?: SqlTransaction | undefined
}

/** Creates tasks for HTTP and for server code alike. */
export interface TaskCreator {
  create(principal: KnownPrincipal, input: NewTaskInput, options: CreateOptions): Promise<StoredTask>
  createBatch(
    principal: KnownPrincipal,
    inputs: readonly NewTaskInput[],
    options: CreateOptions,
  ): Promise<{ batchId: string; tasks: StoredTask[] }>
  /** Does the work of an ended task again, for the same owner: once, however often it is asked for. */
  retry(principal: KnownPrincipal, ended: StoredTask, options: RetryOptions): Promise<StoredTask>
}

interface TaskCreatorOptions {
  catalog: TaskCatalog
  servedTypes: ReadonlySet<string>
  store: TaskStore
  queue: QueueBackend
  publisher: Publisher
  limits: LimitPolicy
  lifecycle: Lifecycle
  telemetry: Telemetry
  timings: Timings
  clock: Clock
  /** Makes the ids of tasks and batches. */
  createId: () => string
  logger: TaskLogger
}

/** The caller's transaction has usually been committed by then; if not, the row's alarm rings. */
const COMMIT_DELAY_MS = 500

export function createTaskCreator({
  catalog,
  servedTypes,
  store,
  queue,
  publisher,
  limits,
  lifecycle,
  telemetry,
  timings,
  clock,
  createId,
  logger,
}: TaskCreatorOptions): TaskCreator {
  const { timeToLiveMs } = timings

  async function insert(
    tasks: readonly NewStoredTask[],
    {
      principal,
      traceId,
      traceparent,
      refusal,
      transaction,
      idempotency,
    }: RetryOptions &
      Pick<CreateOptions, 'transaction'> & { principal: KnownPrincipal; idempotency?: Idempotency | undefined },
  ): Promise<StoredTask[]> {
    for (const { taskId, type } of tasks) logger.info('Saving task document to database', { taskId, type, traceId })
    if (refusal && !idempotency) throw refusal
    const facts = { types: tasks.map(({ type }) => type), traceId, traceparent }
    const created = await telemetry.create(facts, (span) => {
      for (const task of tasks) task.traceparent = span
      // Room for none lets replays through and nothing else.
      const room = refusal ? { activePerUser: 0 } : limits.create(principal)
      return store.create({ tasks, idempotency, transaction, limits: room }).catch((error: unknown) => {
        throw refusal && isTaskError(error) && error.code === 'too_many_active_tasks' ? refusal : error
      })
    })
    // A replay was published by the call that created it.
    if (created.replayed) return created.tasks
    for (const task of created.tasks) lifecycle('created', task)
    const published = publisher.publish(
      created.tasks.map((task) => toDelivery(task, clock.now())).map((delivery) => afterCommit(delivery, transaction)),
    )
    // A push queue is all that will ever call us, so hold the answer until it knows. Workers that pull need no such wait.
    if (queue.capabilities.mode === 'push') await published
    return created.tasks
  }

  async function insertNew(
    principal: KnownPrincipal,
    inputs: readonly NewTaskInput[],
    { scope, idempotencyKey, batchId, ...options }: CreateOptions & { batchId?: string },
  ): Promise<StoredTask[]> {
    const { tenantId, userId } = principal
    const owner = { tenantId, userId, createdBy: actorOf(principal) }
    const [maxPriority, defaultPriority] = [limits.maxPriority(principal), limits.defaultPriority(principal)]
    const { traceId } = options
    const tasks = inputs.map((input) => {
      assertBrand(scope, input.brandId)
      return toNewTask(input, {
        catalog,
        servedTypes,
        owner,
        traceId,
        timeToLiveMs,
        maxPriority,
        defaultPriority,
        batchId,
        createId,
        logger,
      })
    })
    const [only] = inputs
    const request = batchId === undefined && only ? only : { tasks: inputs }
    const idempotency = idempotencyKey === undefined ? undefined : toCreateKey(idempotencyKey, request)
    return insert(tasks, { ...options, principal, idempotency })
  }

  return {
    async create(principal, input, options) {
      return theOnly(await insertNew(principal, [input], options))
    },
    async createBatch(principal, inputs, options) {
      const tasks = await insertNew(principal, inputs, { ...options, batchId: createId() })
      // A replay gives the batch of the first call.
      return { batchId: tasks[0]?.batchId ?? '', tasks }
    },
    async retry(principal, ended, options) {
      const { tenantId, userId, type, brandId, payload, priority, maxRetries } = ended
      const task = toNewTask(
        { type, brandId, payload, priority, maxRetries },
        {
          catalog,
          servedTypes,
          owner: { tenantId, userId, createdBy: actorOf(principal) },
          traceId: options.traceId,
          timeToLiveMs,
          // An operator who retries for a user takes nothing away from that user.
          maxPriority: principal.userId === userId ? limits.maxPriority(principal) : priority,
          retryOf: ended,
          createId,
          logger,
        },
      )
      return theOnly(await insert([task], { ...options, principal, idempotency: toRetryKey(ended) }))
    },
  }
}

function actorOf({ actorId, userId }: KnownPrincipal): string {
  return actorId ?? userId
}

function theOnly([task]: readonly StoredTask[]): StoredTask {
  if (!task) throw new Error('The store created no task and gave no error.')
  return task
}

function afterCommit<D extends { delayMs: number }>(delivery: D, transaction: SqlTransaction | undefined): D {
  return transaction ? { ...delivery, delayMs: Math.max(delivery.delayMs, COMMIT_DELAY_MS) } : delivery
}
