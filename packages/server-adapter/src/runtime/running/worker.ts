import { type BackoffPolicy, describeError, handled, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { DeliveryConsumer } from '../../queue/queue-backend.js'
import type { ClaimLimits } from '../../store/store-limits.js'
import type { ClaimOutcome, StoredTask, TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import { type Attempt, beginAttempt } from './attempt.js'
import { type Publisher, toDelivery } from '../publisher.js'
import type { ReleaseHeld } from './release-held.js'
import type { Lifecycle, LifecycleStage } from '../lifecycle.js'
import { runAttempt } from './run-attempt.js'
import { createSlots } from './slots.js'
import type { Telemetry } from '../telemetry.js'
import type { Work } from './newest-work.js'
import { DEFAULT_TIMEOUT_MS, type Timings } from '../timings.js'

export interface WorkerOptions {
  /** Called for each claim. */
  work: () => Work
  store: TaskStore
  publisher: Publisher
  releaseHeld: ReleaseHeld
  lifecycle: Lifecycle
  telemetry: Telemetry
  /** Limits of running tasks over all workers. */
  limits: ClaimLimits | undefined
  backoff: BackoffPolicy
  timings: Timings
  /** How many tasks this worker runs at once. */
  concurrency: number
  /** The longest time of an attempt that a push queue delivered, in milliseconds. Default: only the task's own limit. */
  invocationBudgetMs?: number | undefined
  clock: Clock
  logger: TaskLogger
}

/** Turns deliveries into attempts. */
export interface Worker extends DeliveryConsumer {
  /**
   * Claims a task and runs one attempt to its end, for queues that push. A retry is published before the promise resolves.
   * The caller must publish an `early` task again, because a timer would not outlive the request.
   */
  process(taskId: string): Promise<ClaimOutcome>
  /** Takes changes from any process; aborts attempts that no longer own their task. */
  onChanges: (changes: readonly TaskChange[]) => void
  /** The ids of the running tasks. */
  running: () => Iterable<string>
  /** Stops taking tasks, lets attempts finish for `drainMs`, then aborts them and releases their tasks. */
  stop(): Promise<void>
}

export function createWorker(options: WorkerOptions): Worker {
  const {
    work,
    store,
    publisher,
    releaseHeld,
    lifecycle,
    telemetry,
    limits,
    backoff,
    timings,
    concurrency,
    invocationBudgetMs,
    clock,
    logger,
  } = options
  const slots = createSlots(concurrency)
  const attempts = new Map<Attempt, Promise<void>>()
  /** Functions that stop the timers of early tasks, by task id. */
  const early = new Map<string, () => void>()
  /** Claims that the store has not answered yet; each may become an attempt. */
  const claiming = new Set<Promise<unknown>>()
  const giveUp = new AbortController()
  let stopping = false

  interface Taken {
    claim: ClaimOutcome
    settled: Promise<void>
  }

  async function take(taskId: string, budget: { budgetMs?: number | undefined } = {}): Promise<Taken> {
    const taking = claimAndStart(taskId, budget)
    claiming.add(taking)
    try {
      return await taking
    } finally {
      claiming.delete(taking)
    }
  }

  async function claimAndStart(taskId: string, { budgetMs }: { budgetMs?: number | undefined }): Promise<Taken> {
    slots.take()
    let handedOver = false
    try {
      const offered = work()
      const { knownTypes, typeVersions } = offered
      const claim = await store.claim({ taskId, knownTypes, typeVersions, leaseMs: timings.leaseMs, limits })
      if (claim.outcome !== 'claimed') return { claim, settled: Promise.resolve() }
      handedOver = true
      return { claim, settled: start(claim, offered, { budgetMs }) }
    } finally {
      if (!handedOver) slots.giveBack()
    }
  }

  function start(
    claim: Extract<ClaimOutcome, { outcome: 'claimed' }>,
    { catalog, generators }: Work,
    { budgetMs }: { budgetMs?: number | undefined },
  ): Promise<void> {
    const { task } = claim
    const facts = { taskId: task.taskId, traceId: task.traceId }
    const definition = catalog[task.type]
    const generator = generators.get(task.type)
    // The claim named known types only, so this is a fault of the store.
    if (!definition || !generator)
      throw new Error(`The store gave out a task of type ${task.type}, which was not asked for.`)

    logger.info('Processing task with request body', { ...facts, type: task.type, attempt: task.attempt })
    logger.debug('Updated task status to processing', facts)
    lifecycle('started', task)
    const timeoutMs = Math.min(definition.timeoutMs ?? DEFAULT_TIMEOUT_MS, claim.deadlineInMs ?? Infinity)
    const attempt = beginAttempt({ claim, definition, store, timeoutMs, budgetMs, timings, clock, logger })
    // The task was claimed during a shutdown; the abort releases it.
    if (stopping) attempt.abort('shutdown')
    const settled = handled(
      telemetry
        .attempt(task, async (note) => {
          const ended = await runAttempt({
            attempt,
            generator,
            store,
            telemetry,
            backoff,
            logger,
            giveUp: giveUp.signal,
          })
          if (!ended) return
          note(stageOf(ended, attempt.abortReason), ended.errorCode)
          await tellEnd(ended, attempt)
        })
        .then(() => releaseHeld(task))
        .finally(() => {
          attempts.delete(attempt)
          slots.giveBack()
        }),
    )
    attempts.set(attempt, settled)
    return settled
  }

  function tellEnd(task: StoredTask, { abortReason }: Attempt): Promise<void> | void {
    logger.info(`Updated task status to ${task.status}`, {
      taskId: task.taskId,
      traceId: task.traceId,
      errorCode: task.errorCode,
    })
    lifecycle(stageOf(task, abortReason), task)
    if (task.status === 'queued') return publisher.publish([toDelivery(task, clock.now())])
  }

  function deliverLater(taskId: string, dueInMs: number): void {
    if (stopping || early.has(taskId)) return
    const onTime = () => {
      early.delete(taskId)
      void slots.whenFree().then(() => deliver(taskId))
    }
    // The row's alarm will deliver the task too, so an idle process may end.
    early.set(taskId, clock.after(dueInMs, onTime, { keepsProcess: false }))
  }

  async function deliver(taskId: string): Promise<void> {
    if (stopping) return
    try {
      const { claim } = await take(taskId)
      if (claim.outcome === 'early') deliverLater(taskId, claim.dueInMs)
    } catch (error) {
      // The message is only a hint: after any failure, the row's alarm delivers the task again.
      logger.warn('A delivery could not be looked at; its alarm will ring', { taskId, reason: describeError(error) })
    }
  }

  async function handBack(attempt: Attempt): Promise<void> {
    attempt.end()
    await tellEnd(await store.settle(attempt.lease, { status: 'release' }), attempt)
  }

  return {
    free: slots.free,
    whenFree: slots.whenFree,
    deliver,
    async process(taskId) {
      const { claim, settled } = await take(taskId, { budgetMs: invocationBudgetMs })
      await settled
      return claim
    },
    onChanges(changes) {
      for (const change of changes) {
        for (const attempt of attempts.keys()) {
          if (attempt.lease.taskId !== change.taskId) continue
          if (change.status === 'cancelled') attempt.abort('cancelled')
          else if (change.epoch > attempt.lease.epoch) attempt.abort('ownership_lost')
        }
      }
    },
    *running() {
      for (const attempt of attempts.keys()) yield attempt.lease.taskId
    },
    async stop() {
      stopping = true
      slots.close()
      for (const stop of early.values()) stop()
      early.clear()
      // Open claims come first: otherwise the store could close before a task that is being claimed is released.
      await waitAtMost(STUBBORN_MS, claiming)
      await waitAtMost(timings.drainMs, attempts.values())
      for (const attempt of attempts.keys()) attempt.abort('shutdown')
      await waitAtMost(STUBBORN_MS, attempts.values())
      // The process must end even if a generator ignores its signal or the database is down. The release raises the epoch,
      // so the store refuses later writes of such a generator.
      giveUp.abort()
      await waitAtMost(STUBBORN_MS, [...attempts.keys()].map(handBack))
    },
  }
}

function stageOf({ status }: StoredTask, aborted: Attempt['abortReason']): LifecycleStage {
  if (status === 'processing') return 'started'
  if (status !== 'queued') return status
  return aborted === 'shutdown' || aborted === 'invocation_over' ? 'released' : 'retrying'
}
