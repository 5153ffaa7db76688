import { type BackoffPolicy, describeError, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { DeliveryConsumer } from '../../queue/queue-backend.js'
import type { ClaimLimits } from '../../store/store-limits.js'
import type { ClaimOutcome } from '../../store/task-claim.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import { outsideOfRequests } from '../../platform.js'
import type { Budgets } from '../spending/budgets.js'
import type { Publisher } from '../publisher.js'
import type { ReleaseNext } from './release-next.js'
import type { Lifecycle } from '../lifecycle.js'
import { type Claimed, createRunningAttempts } from './running-attempts.js'
import { shareTimers } from '../shared-timers.js'
import { createSlots } from './slots.js'
import { createLocalLine } from './local-line.js'
import { createLocalStart, type LocalStart } from './local-start.js'
import { createNewbornTasks } from './newborn-tasks.js'
import { createTellEnd } from './tell-end.js'
import { createTurns } from './turns.js'
import type { Telemetry } from '../telemetry.js'
import type { Work } from './newest-work.js'
import type { ProviderBudgets } from '../providers/provider-budgets.js'
import type { Timings } from '../timings.js'

export interface WorkerOptions {
  /** Called for each claim. */
  work: () => Work
  store: TaskStore
  publisher: Publisher
  releaseNext: ReleaseNext
  lifecycle: Lifecycle
  telemetry: Telemetry
  /** Limits of running tasks over all workers. */
  limits: ClaimLimits | undefined
  /** Undefined if the server has none. */
  budgets: Budgets | undefined
  backoff: BackoffPolicy
  /** Undefined without limits of providers. */
  providers: ProviderBudgets | undefined
  timings: Timings
  /** How many generators this worker runs at once. As many ends may be on their way to the store. */
  concurrency: number
  /** Whether tasks of this process may start without a message. */
  localStart: boolean
  /** The longest time of an attempt that a push queue delivered, in milliseconds. Default: only the task's own limit. */
  invocationBudgetMs?: number | undefined
  clock: Clock
  logger: TaskLogger
}

/** Turns deliveries into attempts. */
export interface Worker extends DeliveryConsumer {
  /** For the tasks that this process creates. */
  local: LocalStart
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
  const { work, store, publisher, limits, telemetry, timings, concurrency, localStart, clock, logger } = options
  const slots = createSlots(concurrency)
  const turns = createTurns(slots, () => line.advance())
  const line = createLocalLine({
    turns,
    slots: concurrency,
    start: (taskId) => void deliverOnSlot(taskId),
    publisher,
    clock,
  })
  const tellEnd = createTellEnd(options)
  const attempts = createRunningAttempts({
    ...options,
    clock: shareTimers(clock),
    mostSettling: concurrency,
    tellEnd,
    freeSlot,
  })
  /** Functions that stop the timers of early tasks, by task id. */
  const early = new Map<string, () => void>()
  /** Claims that the store has not answered yet; each may become an attempt. */
  const claiming = new Set<Promise<unknown>>()
  const newborn = createNewbornTasks({
    // Without the request's trace: the attempt outlives it.
    start: (claim) => void telemetry.detached(() => attempts.start(claim, work(), {})),
    putBack,
    isStopping: () => stopping,
    freeSlot,
    logger,
  })
  let stopping = false

  function freeSlot(): void {
    slots.giveBack()
    line.advance()
  }

  interface Taken {
    claim: ClaimOutcome
    settled: Promise<void>
  }

  async function untilDecided<T>(taking: Promise<T>): Promise<T> {
    claiming.add(taking)
    try {
      return await taking
    } finally {
      claiming.delete(taking)
    }
  }

  /** Claims the task on a slot that was taken for it. */
  async function claimAndStart(taskId: string, budget: { budgetMs?: number | undefined } = {}): Promise<Taken> {
    let handedOver = false
    try {
      const offered = work()
      const { knownTypes, typeVersions } = offered
      const claim = await store.claim({ taskId, knownTypes, typeVersions, leaseMs: timings.leaseMs, limits })
      if (claim.outcome !== 'claimed') return { claim, settled: Promise.resolve() }
      if (stopping) {
        await putBack(claim)
        return { claim, settled: Promise.resolve() }
      }
      const settled = attempts.start(claim, offered, budget)
      handedOver = true
      return { claim, settled }
    } finally {
      if (!handedOver) freeSlot()
    }
  }

  /** Hands a task back that was claimed during a shutdown, before its generator is called. */
  async function putBack({ task, lease }: Claimed): Promise<void> {
    try {
      await tellEnd(await store.settle(lease, { status: 'unstarted' }), 'shutdown')
    } catch (error) {
      logger.warn('A task that was claimed during the shutdown could not be handed back; its lease will tell', {
        taskId: task.taskId,
        reason: describeError(error),
      })
    }
  }

  function onChanges(changes: readonly TaskChange[]): void {
    for (const change of changes) {
      newborn.onChange(change)
      // A claim of it would fail.
      if (change.status !== 'queued') line.remove(change.taskId)
    }
    attempts.onChanges(changes)
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

  /** A message whose priority is not known starts its own task. */
  async function deliver(taskId: string, priority = Infinity): Promise<void> {
    if (stopping) return
    slots.take()
    await deliverOnSlot(line.turnOf(taskId, priority))
  }

  /**
   * A generator must see the context of no request: the creates and ends of other tasks advance the line, and a request may
   * have started the loop that brings messages.
   */
  function deliverOnSlot(taskId: string): Promise<void> {
    return outsideOfRequests(() => lookAt(taskId))
  }

  async function lookAt(taskId: string): Promise<void> {
    try {
      const { claim } = await untilDecided(claimAndStart(taskId))
      if (claim.outcome === 'early') deliverLater(taskId, claim.dueInMs)
    } catch (error) {
      // The message is only a hint: after any failure, the row's alarm delivers the task again.
      logger.warn('A delivery could not be looked at; its alarm will ring', { taskId, reason: describeError(error) })
    }
  }

  return {
    local: createLocalStart({
      isAllowed: localStart,
      // The insert counts no running tasks, so the tasks of a worker with limits are claimed from the line.
      isInsertAllowed: localStart && limits === undefined,
      line,
      work,
      leaseMs: timings.leaseMs,
      clock,
      newborn,
    }),
    free: slots.free,
    whenFree: turns.whenFree,
    look: turns.look,
    deliver,
    async process(taskId) {
      slots.take()
      const { claim, settled } = await untilDecided(claimAndStart(taskId, { budgetMs: options.invocationBudgetMs }))
      await settled
      return claim
    },
    onChanges,
    running: attempts.taskIds,
    async stop() {
      stopping = true
      slots.close()
      for (const stop of early.values()) stop()
      early.clear()
      line.close()
      // Open claims come first: otherwise the store could close before a task that is being claimed is released.
      await waitAtMost(STUBBORN_MS, [...claiming, newborn.decided()])
      await attempts.stop()
    },
  }
}
