import { describeError, isTaskError, type TaskDefinition, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { ClaimOutcome } from '../../store/task-claim.js'
import type { Lease, StoredTask, TaskStore } from '../../store/task-store.js'
import type { Timings } from '../timings.js'

type Claimed = Extract<ClaimOutcome, { outcome: 'claimed' }>

/** Why the runtime stops a generator. */
export type AbortReason =
  | 'cancelled'
  | 'ownership_lost'
  | 'task_timed_out'
  | 'shutdown'
  | 'invocation_over'
  | 'waiting_for_provider'

/** The `reason` of the signal: fetches and libraries then reject with an error that explains itself. */
export class AttemptAborted extends Error {
  override readonly name = 'AbortError'
  readonly reason: AbortReason

  constructor(reason: AbortReason) {
    super(`The attempt was aborted: ${reason}.`)
    this.reason = reason
  }
}

interface AttemptOptions {
  claim: Claimed
  definition: TaskDefinition
  store: TaskStore
  timeoutMs: number
  /** The time of this invocation, in milliseconds; the platform ends it soon after. Default: no limit. */
  budgetMs?: number | undefined
  timings: Timings
  clock: Clock
  logger: TaskLogger
}

/**
 * One claimed task while a worker runs it: its lease, its heartbeat, and the way to stop it.
 *
 * A class, because V8 keeps the getters of an object literal in a hidden class of its own for each object. Such objects and all
 * that they hold survived until the next major collection, which cost a third of an attempt's time.
 */
export class Attempt {
  readonly task: StoredTask
  readonly lease: Lease
  readonly checkpoints: ReadonlyMap<string, unknown>
  /** The streamed text as it was at the last checkpoint. */
  readonly keptText: string
  readonly definition: TaskDefinition
  readonly clock: Clock
  private readonly options: AttemptOptions
  private readonly controller = new AbortController()
  private reason: AbortReason | null = null
  private beatAt: number
  private timeOutAt: number
  private stopTimer: () => void
  private readonly budget: { clear: () => void } | undefined
  private leave: () => void = () => {}

  /** Begins the heartbeat and the time-out. */
  constructor(options: AttemptOptions) {
    const { claim, definition, clock, timeoutMs, budgetMs, timings } = options
    this.task = claim.task
    this.lease = claim.lease
    this.checkpoints = claim.checkpoints
    this.keptText = claim.text ?? ''
    this.definition = definition
    this.clock = clock
    this.options = options
    const now = clock.uptime()
    this.beatAt = now + timings.beatMs
    // The database has the same deadline. The local clock is monotonic, so changes of the system time cannot move it.
    this.timeOutAt = now + timeoutMs
    this.stopTimer = this.setTimer(Math.min(timings.beatMs, timeoutMs))
    this.budget = budgetMs === undefined ? undefined : endInvocation(budgetMs, this, () => this.leave())
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** The first reason of an abort; null before. */
  get abortReason(): AbortReason | null {
    return this.reason
  }

  /**
   * Does the work, and settles as it does. Resolves when the attempt's time-out or its invocation's budget has passed, even if
   * the work goes on.
   */
  race(work: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.leave = () => resolve(undefined)
      Promise.resolve(work()).then(resolve, reject)
    })
  }

  abort(reason: AbortReason): void {
    if (this.reason) return
    this.reason = reason
    this.controller.abort(new AttemptAborted(reason))
  }

  /** Aborts the attempt if the error of a write says that the lease is lost. */
  abortIfLost(error: unknown): void {
    if (isTaskError(error) && error.code === 'ownership_lost') this.abort('ownership_lost')
  }

  /** Stops the heartbeat and the timers. */
  end(): void {
    this.stopTimer()
    this.budget?.clear()
  }

  /** Sets the attempt's one timer, for its next beat or its time-out, whichever is first. */
  private setTimer(ms: number): () => void {
    return this.clock.after(ms, () => this.onTime())
  }

  private onTime(): void {
    const now = this.clock.uptime()
    const isTimeOut = this.timeOutAt - now < EARLY_MS
    const isBeat = this.beatAt - now < EARLY_MS
    if (isTimeOut) this.timeOutAt = Infinity
    if (isBeat) this.beatAt = now + this.options.timings.beatMs
    this.stopTimer = this.setTimer(Math.min(this.beatAt, this.timeOutAt) - now)
    if (isBeat) this.beat()
    if (!isTimeOut) return
    this.abort('task_timed_out')
    this.leave()
  }

  private beat(): void {
    const { store, timings, logger } = this.options
    store.beat(this.lease, { leaseMs: timings.leaseMs }).catch((error: unknown) => {
      this.abortIfLost(error)
      logger.warn('A heartbeat failed', {
        taskId: this.task.taskId,
        traceId: this.task.traceId,
        reason: describeError(error),
      })
    })
  }
}

/** A timer may come a fraction of a millisecond early. */
const EARLY_MS = 1

/** The longest time that a generator gets to react to its signal, in milliseconds. */
const MOST_GRACE_MS = 5_000

/**
 * Aborts early enough for an obedient generator to store its last step. When the budget is spent, the runtime stops waiting
 * for the generator, because the platform would end both.
 */
function endInvocation(budgetMs: number, attempt: Attempt, leave: () => void) {
  const graceMs = Math.min(MOST_GRACE_MS, budgetMs / 10)
  const stopAsking = attempt.clock.after(budgetMs - graceMs, () => attempt.abort('invocation_over'))
  const stopLeaving = attempt.clock.after(budgetMs, leave)
  return {
    clear() {
      stopAsking()
      stopLeaving()
    },
  }
}
