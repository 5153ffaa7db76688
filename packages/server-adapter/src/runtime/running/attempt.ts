import { describeError, isTaskError, type TaskDefinition, type TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { ClaimOutcome, Lease, StoredTask, TaskStore } from '../../store/task-store.js'
import type { Timings } from '../timings.js'

type Claimed = Extract<ClaimOutcome, { outcome: 'claimed' }>

/** Why the runtime stops a generator. It is the `name` of the signal's reason. */
export type AbortReason = 'cancelled' | 'ownership_lost' | 'task_timed_out' | 'shutdown' | 'invocation_over'

/** What `signal.reason` holds, so that fetches and libraries reject with an error that explains itself. */
export class AttemptAborted extends Error {
  override readonly name = 'AbortError'
  readonly reason: AbortReason

  constructor(reason: AbortReason) {
    super(`The attempt was aborted: ${reason}.`)
    this.reason = reason
  }
}

/** One claimed task while it is being worked on: its lease, its heart, and the one way to stop it. */
export interface Attempt {
  readonly task: StoredTask
  readonly lease: Lease
  readonly checkpoints: ReadonlyMap<string, unknown>
  readonly definition: TaskDefinition
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Set as soon as the attempt was aborted. The first reason stays. */
  readonly abortReason: AbortReason | null
  /** Resolves when the longest time of an attempt or of its invocation has passed, whatever the generator does. */
  readonly deadline: Promise<void>
  abort(reason: AbortReason): void
  /** Looks at an error of any write: a lost lease aborts the attempt. */
  abortIfLost(error: unknown): void
  /** Stops heart and timers. */
  end(): void
}

interface AttemptOptions {
  claim: Claimed
  definition: TaskDefinition
  store: TaskStore
  timeoutMs: number
  /** The platform ends this invocation soon after this many milliseconds. Default: never. */
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
  // The database holds the same deadline; this local one is monotonic, so a clock that is set cannot move it.
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

/** Longest time that a generator gets to obey before it is left behind. */
const MOST_GRACE_MS = 5_000

/**
 * Aborts in time for a generator that obeys its signal to have its last step stored; one that ignores it is left behind
 * when the budget is spent, since the platform would end both.
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
