import { type BackoffPolicy, createKnownBackoff } from '@brandkit/core'
import { guarded } from './guarded.js'
import { toWaitMs } from './read-reply.js'

/**
 * Delays that are drawn once a tick. Tasks at the same attempt then stay together and share requests; a draw for each
 * task would tear them apart, and 1,000 tasks would make thousands of requests a minute instead of hundreds.
 */
export interface TickDelays {
  /** Draws anew. */
  nextTick(): void
  /** Milliseconds to wait before the given attempt (1 is the first). */
  delayMs(policy: BackoffPolicy, attempt: number): number
  /** 1 s to 30 s, factor 1.5, full jitter. */
  readonly standard: BackoffPolicy
}

/** Full jitter may draw next to nothing, and a read right after a read tells nothing new. */
const SHORTEST_STANDARD_MS = 250

export function createTickDelays(random: () => number): TickDelays {
  let draw = random()
  let drawn = new Map<BackoffPolicy, number[]>()

  const jittered = createKnownBackoff({ baseMs: 1_000, factor: 1.5, ceilingMs: 30_000, random: () => draw })
  const standard: BackoffPolicy = {
    ...jittered,
    delayMs: (attempt) => Math.max(SHORTEST_STANDARD_MS, jittered.delayMs(attempt)),
  }

  return {
    standard,
    nextTick() {
      draw = random()
      drawn = new Map()
    },
    // An app's own policy draws by itself: once for each attempt number in a tick, not once for each task. What it gives
    // that is no time to wait would make every page ask without a pause.
    delayMs(policy, attempt) {
      const known = drawn.get(policy) ?? []
      drawn.set(policy, known)
      return (known[attempt] ??= toWaitMs(guarded(() => policy.delayMs(attempt))) ?? standard.delayMs(attempt))
    },
  }
}
