import { type BackoffPolicy, createKnownBackoff } from '@brandkit/core'
import { guarded } from './guarded.js'
import { toWaitMs } from './read-reply.js'

/**
 * Delays that are drawn once per tick. Tasks at the same attempt then stay together and share requests. With one draw
 * per task, 1,000 tasks would make thousands of requests a minute instead of hundreds.
 */
export interface TickDelays {
  /** Starts a new tick with new random draws. */
  nextTick(): void
  /** Milliseconds to wait before the given attempt (1 is the first). */
  delayMs(policy: BackoffPolicy, attempt: number): number
  /** 1 s to 30 s, factor 1.5, full jitter. */
  readonly standard: BackoffPolicy
}

/** Full jitter may draw almost 0, and a read right after another brings no news. */
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
    // An app's own policy is called once per attempt number in a tick, and not once per task. Invalid results are
    // replaced, because otherwise every page would poll without a pause.
    delayMs(policy, attempt) {
      const known = drawn.get(policy) ?? []
      drawn.set(policy, known)
      return (known[attempt] ??= toWaitMs(guarded(() => policy.delayMs(attempt))) ?? standard.delayMs(attempt))
    },
  }
}
