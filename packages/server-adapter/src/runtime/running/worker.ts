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
  /** Asked for each claim. */
  work: () => Work
  store: TaskStore
  publisher: Publisher
  releaseHeld: ReleaseHeld
  lifecycle: Lifecycle
  telemetry: Telemetry
  /** How much may run at once over all workers. */
  limits: ClaimLimits | undefined
  backoff: BackoffPolicy
  timings: Timings
  /** Tasks at once. */
  concurrency: number
  /** Longest time of an attempt that a push delivers, in milliseconds. Default: only the task's own limit. */
  invocationBudgetMs?: number | undefined
  clock: Clock
  logger: TaskLogger
}

/** Turns deliveries into attempts. */
export interface Worker extends DeliveryConsumer {
  /**
   * Claims and runs one task to the end of this attempt, for queues that push. What comes next is published by then. A
   * task that is early is the caller's to publish again: a timer would not outlive the request.
   */
  process(taskId: string): Promise<ClaimOutcome>
  /** Changes from anywhere: an attempt that is no longer ours is aborted. */
  onChanges: (changes: readonly TaskChange[]) => void
  /** The ids at work. */
  running: () => Iterable<string>
  /** Takes nothing more, lets attempts finish for `drainMs`, then aborts them and hands their tasks back. */
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
  /** What stops the timer of a task that came early. */
  const early = new Map<string, () => void>()
  /** Claims that the store has not answered: each may yet become an attempt. */
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
    // The claim was asked for known types only.
    if (!definition || !generator)
      throw new Error(`The store gave out a task of type ${task.type}, which was not asked for.`)

    logger.info('Processing task with request body', { ...facts, type: task.type, attempt: task.attempt })
    logger.debug('Updated task status to processing', facts)
    lifecycle('started', task)
    const timeoutMs = Math.min(definition.timeoutMs ?? DEFAULT_TIMEOUT_MS, claim.deadlineInMs ?? Infinity)
    const attempt = beginAttempt({ claim, definition, store, timeoutMs, budgetMs, timings, clock, logger })
    // Claimed in the very moment of a shutdown: hand it back.
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
    // The row's alarm remembers it too, so an idle process need not stay up for it.
    early.set(taskId, clock.after(dueInMs, onTime, { keepsProcess: false }))
  }

  async function deliver(taskId: string): Promise<void> {
    if (stopping) return
    try {
      const { claim } = await take(taskId)
      if (claim.outcome === 'early') deliverLater(taskId, claim.dueInMs)
    } catch (error) {
      // The message is only a hint: whatever went wrong, the row's alarm will ring again.
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
      // Not `attempts` alone: the store would be closed before a task that is being claimed could be handed back.
      await waitAtMost(STUBBORN_MS, claiming)
      await waitAtMost(timings.drainMs, attempts.values())
      for (const attempt of attempts.keys()) attempt.abort('shutdown')
      await waitAtMost(STUBBORN_MS, attempts.values())
      // A generator that ignores its signal, or a database that is down, must not keep the process from ending. The
      // release moves the epoch on, so whatever such a generator still writes is refused.
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
