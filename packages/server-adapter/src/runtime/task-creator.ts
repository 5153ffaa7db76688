import { isTaskError, LIMITS, type TaskCatalog, TaskError, type TaskLogger } from '@brandkit/core'
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Principal } from '../principal.js'
import type { QueueBackend } from '../queue/queue-backend.js'
import type { SqlTransaction, StoredTask, TaskStore } from '../store/task-store.js'
import type { Lifecycle } from './lifecycle.js'
import type { LimitPolicy } from './limits.js'
import { type NewTaskInput, toNewTask } from './new-task.js'
import { type Publisher, toDelivery } from './publisher.js'
import type { Telemetry } from './telemetry.js'
import type { Timings } from './timings.js'

export interface CreateOptions {
  traceId: string
  /** The request's own, which says whose child the create is. */
  traceparent?: string | null | undefined
  /** Creating twice under one key creates once. */
  idempotencyKey?: string | undefined
  transaction?: SqlTransaction | undefined
  /** Why nothing new may be created. Thrown unless an earlier create under the same key is there to be given back. */
  refusal?: TaskError | null | undefined
}

/** Creates tasks for HTTP and for server code alike. */
export interface TaskCreator {
  create(principal: Principal, input: NewTaskInput, options: CreateOptions): Promise<StoredTask>
  createBatch(
    principal: Principal,
    inputs: readonly NewTaskInput[],
    options: CreateOptions,
  ): Promise<{ batchId: string; tasks: StoredTask[] }>
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
  logger: TaskLogger
}

/** By then the caller's transaction has usually been committed; if not, the row's alarm rings. */
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
  logger,
}: TaskCreatorOptions): TaskCreator {
  async function insert(
    principal: Principal,
    inputs: readonly NewTaskInput[],
    options: CreateOptions & { batchId?: string },
  ): Promise<StoredTask[]> {
    const { traceId, transaction, batchId } = options
    const tasks = inputs.map((input) =>
      toNewTask(input, {
        catalog,
        servedTypes,
        principal,
        traceId,
        timeToLiveMs: timings.timeToLiveMs,
        maxPriority: limits.maxPriority(principal),
        batchId,
      }),
    )
    for (const { taskId, type } of tasks) logger.info('Saving task document to database', { taskId, type, traceId })
    const idempotency = toIdempotency(options.idempotencyKey, inputs)
    const { refusal } = options
    if (refusal && !idempotency) throw refusal
    const facts = { types: tasks.map(({ type }) => type), traceId, traceparent: options.traceparent }
    const created = await telemetry.create(facts, (traceparent) => {
      for (const task of tasks) task.traceparent = traceparent
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
      created.tasks.map((task) => toDelivery(task)).map((delivery) => afterCommit(delivery, transaction)),
    )
    // A push queue is all that will ever call us, so hold the answer until it knows. Where workers pull, there is no need to wait.
    if (queue.capabilities.mode === 'push') await published
    return created.tasks
  }

  return {
    async create(principal, input, options) {
      const [task] = await insert(principal, [input], options)
      if (!task) throw new Error('The store created no task and gave no error.')
      return task
    },
    async createBatch(principal, inputs, options) {
      const tasks = await insert(principal, inputs, { ...options, batchId: uuid() })
      // A replay gives the batch of the first call.
      return { batchId: tasks[0]?.batchId ?? '', tasks }
    },
  }
}

function afterCommit<D extends { delayMs: number }>(delivery: D, transaction: SqlTransaction | undefined): D {
  return transaction ? { ...delivery, delayMs: Math.max(delivery.delayMs, COMMIT_DELAY_MS) } : delivery
}

/** @throws TaskError `invalid_request` when the key could not be kept as it is. */
function toIdempotency(
  key: string | undefined,
  inputs: readonly NewTaskInput[],
): { key: string; requestHash: string } | undefined {
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > LIMITS.idCharacters) {
    throw new TaskError(
      'invalid_request',
      `The Idempotency-Key must be 1 to ${LIMITS.idCharacters} visible ASCII characters, for example a UUID.`,
    )
  }
  return { key, requestHash: createHash('sha256').update(JSON.stringify(inputs)).digest('hex') }
}
