import { describeError, isTaskError, type TaskDefinition, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { ClaimOutcome, Lease, StoredTask, TaskStore } from '../../store/task-store.js'
import type { Timings } from '../timings.js'

type Claimed = Extract<ClaimOutcome, { outcome: 'claimed' }>

/** Why the runtime stops a generator. */
export type AbortReason = 'cancelled' | 'ownership_lost' | 'task_timed_out' | 'shutdown' | 'invocation_over'

/** The `reason` of the signal: fetches and libraries then reject with an error that explains itself. */
export class AttemptAborted extends Error {
  override readonly name = 'AbortError'
  readonly reason: AbortReason

  constructor(reason: AbortReason) {
    super(`The attempt was aborted: ${reason}.`)
    this.reason = reason
  }
}

/** One claimed task while a worker runs it: its lease, its heartbeat, and the way to stop it. */
export interface Attempt {
  readonly task: StoredTask
  readonly lease: Lease
  readonly checkpoints: ReadonlyMap<string, unknown>
  readonly definition: TaskDefinition
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The first reason of an abort; null before. */
  readonly abortReason: AbortReason | null
  /** Resolves when the attempt's time-out or its invocation's budget has passed, even if the generator still runs. */
  readonly deadline: Promise<void>
  abort(reason: AbortReason): void
  /** Aborts the attempt if the error of a write says that the lease is lost. */
  abortIfLost(error: unknown): void
  /** Stops the heartbeat and the timers. */
  end(): void
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

export function beginAttempt({
  claim,
  definition,
  store,
  timeoutMs,
  budgetMs,
  timings,
  clock,
  logger,
}: AttemptOptions): Attempt {
  const controller = new AbortController()
  let abortReason: AbortReason | null = null
  const deadline = Promise.withResolvers<void>()

  const abort = (reason: AbortReason) => {
    if (abortReason) return
    abortReason = reason
    controller.abort(new AttemptAborted(reason))
  }
  const abortIfLost = (error: unknown) => {
    if (isTaskError(error) && error.code === 'ownership_lost') abort('ownership_lost')
  }

  const stopHeart = clock.every(timings.beatMs, () => {
    store.beat(claim.lease, { leaseMs: timings.leaseMs }).catch((error: unknown) => {
      abortIfLost(error)
      logger.warn('A heartbeat failed', {
        taskId: claim.task.taskId,
        traceId: claim.task.traceId,
        reason: describeError(error),
      })
    })
  })
  // The database has the same deadline. The local timer is monotonic, so changes of the system time cannot move it.
  const stopTimer = clock.after(timeoutMs, () => {
    abort('task_timed_out')
    deadline.resolve()
  })

  const budget = budgetMs === undefined ? undefined : endInvocation(budgetMs, { abort, leave: deadline.resolve, clock })

  return {
    ...claim,
    definition,
    signal: controller.signal,
    clock,
    get abortReason() {
      return abortReason
    },
    deadline: deadline.promise,
    abort,
    abortIfLost,
    end() {
      stopHeart()
      stopTimer()
      budget?.clear()
    },
  }
}

/** The longest time that a generator gets to react to its signal, in milliseconds. */
const MOST_GRACE_MS = 5_000

/**
 * Aborts early enough for an obedient generator to store its last step. When the budget is spent, the runtime stops waiting
 * for the generator, because the platform would end both.
 */
function endInvocation(
  budgetMs: number,
  { abort, leave, clock }: { abort: Attempt['abort']; leave: () => void; clock: Clock },
) {
  const graceMs = Math.min(MOST_GRACE_MS, budgetMs / 10)
  const stopAsking = clock.after(budgetMs - graceMs, () => abort('invocation_over'))
  const stopLeaving = clock.after(budgetMs, leave)
  return {
    clear() {
      stopAsking()
      stopLeaving()
    },
  }
}
