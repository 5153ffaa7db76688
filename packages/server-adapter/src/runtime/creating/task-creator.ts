import { isTaskError, type RetryFrom, type TaskCatalog, type TaskError, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import { actorOf, type KnownPrincipal, type TaskScope } from '../../principal.js'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { NewStoredTask, StoredTask, TaskStore } from '../../store/task-store.js'
import type { SqlTransaction } from '../../store/sql-database.js'
import { assertBrand, type Authorization } from '../authorization.js'
import { type Idempotency, toCreateKey, toRetryKey } from './idempotency.js'
import type { Budgets } from '../spending/budgets.js'
import type { Lifecycle } from '../lifecycle.js'
import type { LimitPolicy } from './task-limits.js'
import { createKnowledge, type Knowledge } from './knowledge.js'
import { createToNewTask, type NewTaskInput } from './new-task.js'
import { planRetry } from './plan-retry.js'
import { renewAfter } from './renew-after.js'
import { type Publisher, toDelivery } from '../publisher.js'
import type { LocalStart } from '../running/local-start.js'
import type { TellCancelled } from '../running/tell-cancelled.js'
import type { Telemetry } from '../telemetry.js'
import type { Timings } from '../timings.js'

export interface RetryOptions {
  traceId: string
  /** The `traceparent` of the request, which names the parent span of the create. */
  traceparent?: string | null | undefined
  /** The reason to create nothing new. Thrown unless an earlier create had the same key; its tasks are then returned. */
  refusal?: TaskError | null | undefined
}

export interface CreateOptions extends RetryOptions {
  /** The scope of the principal for the action `create`. */
  scope: TaskScope
  /** A second create with the same key returns the tasks of the first. */
  idempotencyKey?: string | undefined
  transaction?: SqlTransaction | undefined
}

/** Creates tasks for HTTP and for server code. */
export interface TaskCreator {
  create(principal: KnownPrincipal, input: NewTaskInput, options: CreateOptions): Promise<StoredTask>
  createBatch(
    principal: KnownPrincipal,
    inputs: readonly NewTaskInput[],
    options: CreateOptions,
  ): Promise<{ batchId: string; tasks: StoredTask[] }>
  /**
   * Creates a new task that repeats an ended one, for the same owner. Further calls with the same `from` return that new task.
   */
  retry(
    principal: KnownPrincipal,
    ended: StoredTask,
    options: RetryOptions & { from: RetryFrom | undefined },
  ): Promise<StoredTask>
}

interface TaskCreatorOptions {
  catalog: TaskCatalog
  servedTypes: ReadonlySet<string>
  store: TaskStore
  queue: QueueBackend
  publisher: Publisher
  local: LocalStart
  limits: LimitPolicy
  budgets: Budgets | undefined
  authorization: Authorization
  tellCancelled: TellCancelled
  lifecycle: Lifecycle
  telemetry: Telemetry
  timings: Timings
  clock: Clock
  /** Makes the ids of tasks and batches. */
  createId: () => string
  logger: TaskLogger
}

/**
 * How long a task's delivery waits for the commit of the caller's transaction, in milliseconds. After a later commit, the
 * row's alarm delivers the task.
 */
const COMMIT_DELAY_MS = 500

export function createTaskCreator({
  catalog,
  servedTypes,
  store,
  queue,
  publisher,
  local,
  limits,
  budgets,
  authorization,
  tellCancelled,
  lifecycle,
  telemetry,
  timings,
  clock,
  createId,
  logger,
}: TaskCreatorOptions): TaskCreator {
  const { timeToLiveMs } = timings
  const toNewTask = createToNewTask({ catalog, servedTypes, timeToLiveMs, createId, logger })
  const knowledge = createKnowledge({ catalog, store, authorization })

  async function insert(
    tasks: readonly NewStoredTask[],
    {
      principal,
      traceId,
      traceparent,
      refusal: given,
      transaction,
      idempotency,
      tier = principal.tier,
    }: RetryOptions &
      Pick<CreateOptions, 'transaction'> & {
        principal: KnownPrincipal
        idempotency?: Idempotency | undefined
        tier?: string | undefined
      },
  ): Promise<StoredTask[]> {
    const refusal = given ?? (budgets ? await findRefusal(budgets, tasks, tier) : null)
    for (const { taskId, type } of tasks) logger.info('Saving task document to database', { taskId, type, traceId })
    if (refusal && !idempotency) throw refusal
    const facts = { types: tasks.map(({ type }) => type), traceId, traceparent }
    const [only, ...others] = tasks
    // Batches are for all workers. A task of a transaction exists only after the caller's commit.
    const isLocal = only !== undefined && others.length === 0 && !transaction
    const reservation = isLocal && !refusal ? local.reserve(only) : null
    let hasStarted = false
    try {
      const created = await telemetry.create(facts, (span) => {
        for (const task of tasks) task.traceparent = span
        // A limit of 0 admits only replays.
        const room = refusal ? { activePerUser: 0 } : limits.create(principal)
        const claim = reservation?.claim
        const creating = store.create({ tasks, idempotency, transaction, limits: room, claim })
        return refusal ? withRefusal(creating, refusal) : creating
      })
      // The commit of an app's transaction tells all processes what it has cancelled.
      if (created.replaced && !transaction) await Promise.all(created.replaced.map(tellCancelled))
      // The first call has started or published the tasks of a replay; it may run in another process by now.
      if (created.replayed) return created.tasks
      const made = tasks.some(({ unique, after }) => unique ?? after) ? madeFor(tasks, created.tasks) : created.tasks
      for (const task of made) lifecycle('created', task)
      const [task] = made
      hasStarted = task !== undefined && reservation?.start(task) === true
      if (hasStarted || (isLocal && task && local.lineUp(task))) return created.tasks
      // A task that waits for others is delivered when they have completed.
      await publish(
        made.some(({ waitsFor }) => waitsFor) ? made.filter(({ waitsFor }) => !waitsFor) : made,
        transaction,
      )
      return created.tasks
    } finally {
      if (!hasStarted) reservation?.giveBack()
    }
  }

  async function publish(tasks: readonly StoredTask[], transaction: SqlTransaction | undefined): Promise<void> {
    const published = publisher.publish(
      tasks.map((task) => toDelivery(task, clock.now())).map((delivery) => afterCommit(delivery, transaction)),
    )
    // Without a process between requests, only the push queue starts the work, so the answer waits until the queue has it.
    // Workers that pull need no such wait.
    if (queue.capabilities.mode === 'push') await published
  }

  /** @throws TaskError, before it returns its promise, when an input does not fit */
  function insertNew(
    principal: KnownPrincipal,
    inputs: readonly NewTaskInput[],
    { scope, idempotencyKey, batchId, reach, earlier, ...options }: CreateOptions & Knowledge & { batchId?: string },
  ): Promise<StoredTask[]> {
    const { tenantId, userId } = principal
    const owner = { tenantId, userId, createdBy: actorOf(principal) }
    const [maxPriority, defaultPriority] = [limits.maxPriority(principal), limits.defaultPriority(principal)]
    const { traceId } = options
    const tasks = inputs.map((input, position) => {
      assertBrand(scope, input.brandId)
      const task = toNewTask(input, { owner, traceId, maxPriority, defaultPriority, batchId, reach, earlier })
      if (batchId !== undefined) earlier?.set(position, task)
      return task
    })
    const [only] = inputs
    const request = batchId === undefined && only ? only : { tasks: inputs }
    const idempotency = idempotencyKey === undefined ? undefined : toCreateKey(idempotencyKey, request)
    return insert(tasks, { ...options, principal, idempotency })
  }

  return {
    async create(principal, input, options) {
      if (!knowledge.isNeededFor(input)) return theOnly(await insertNew(principal, [input], options))
      return theOnly(
        await insertNew(principal, [input], { ...options, ...(await knowledge.learn(principal, [input])) }),
      )
    },
    async createBatch(principal, inputs, options) {
      const batchId = createId()
      const known = inputs.some(knowledge.isNeededFor) ? await knowledge.learn(principal, inputs) : undefined
      const tasks = await insertNew(principal, inputs, { ...options, ...known, batchId })
      // A replay returns the batch of the first call. Work that was under way before keeps its own.
      const latest = tasks.reduce<StoredTask | undefined>((a, b) => (a && a.taskId > b.taskId ? a : b), undefined)
      return { batchId: latest?.batchId ?? batchId, tasks }
    },
    async retry(principal, ended, { from, ...options }) {
      const { tenantId, userId, type, brandId, payload, priority, maxRetries } = ended
      const after = ended.after && (await renewAfter(ended, store))
      const task = toNewTask(
        { type, brandId, payload, priority, maxRetries },
        {
          owner: { tenantId, userId, createdBy: actorOf(principal) },
          traceId: options.traceId,
          // A retry by an operator keeps the priority of the user's task.
          maxPriority: principal.userId === userId ? limits.maxPriority(principal) : priority,
          reach: knowledge.isUnique(ended) ? await knowledge.reachOf(principal) : undefined,
          retryOf: ended,
        },
      )
      if (after) task.after = after
      // Another task is no retry of this one, and the key of the retry would keep it as the answer beyond its end.
      if (task.unique?.onConflict === 'return') task.unique = { ...task.unique, onConflict: 'refuse' }
      const definition = catalog[type]
      if (definition) Object.assign(task, planRetry(ended, task, { definition, from }))
      return theOnly(
        await insert([task], {
          ...options,
          principal,
          tier: tierOf(principal, ended),
          idempotency: toRetryKey(ended, from),
        }),
      )
    },
  }
}

/** The tasks that a create has inserted, without those that were under way before. */
function madeFor(inputs: readonly NewStoredTask[], created: readonly StoredTask[]): StoredTask[] {
  const byId = new Map(created.map((task) => [task.taskId, task]))
  return inputs.flatMap(({ taskId }) => byId.get(taskId) ?? [])
}

/** A retry by an operator is paid by the task's owner, as before. */
function tierOf(principal: KnownPrincipal, { userId, tier }: StoredTask): string | undefined {
  return principal.userId === userId ? principal.tier : tier
}

function theOnly([task]: readonly StoredTask[]): StoredTask {
  if (!task) throw new Error('The store created no task and gave no error.')
  return task
}

async function withRefusal<T>(creating: Promise<T>, refusal: TaskError): Promise<T> {
  try {
    return await creating
  } catch (error) {
    throw isTaskError(error) && error.code === 'too_many_active_tasks' ? refusal : error
  }
}

/** Asks the budgets of the tasks' owner and brands. Names the tier in the tasks, for the workers that ask later. */
function findRefusal(
  budgets: Budgets,
  tasks: readonly NewStoredTask[],
  tier: string | undefined,
): Promise<TaskError | null> {
  const [first] = tasks
  if (!first) return Promise.resolve(null)
  const { tenantId, userId } = first
  if (budgets.stopsRunning) for (const task of tasks) task.tier = tier
  const brandIds = [...new Set(tasks.map(({ brandId }) => brandId))]
  return budgets.refusalOf({ tenantId, userIds: [userId], brandIds, tier })
}

function afterCommit<D extends { delayMs: number }>(delivery: D, transaction: SqlTransaction | undefined): D {
  return transaction ? { ...delivery, delayMs: Math.max(delivery.delayMs, COMMIT_DELAY_MS) } : delivery
}
