/** A moment to wait for. */
export interface DueTime {
  /** Milliseconds since the epoch. */
  at: number
  /** How long the wait was when it began. */
  readonly waitMs: number
}

/** The longest wait that `setTimeout` can hold; a longer one would fire at once, again and again. */
const LONGEST_WAIT_MS = 2_147_483_647

/** The moment that is `waitMs` milliseconds from `now`. */
export function dueIn(waitMs: number, now: number): DueTime {
  const bounded = Math.min(waitMs, LONGEST_WAIT_MS)
  return { at: now + bounded, waitMs: bounded }
}

/** Milliseconds that are left, 0 when it is due. */
export function msUntil(due: DueTime, now: number): number {
  // Somebody set the clock back: without this the wait would grow by as much, hours perhaps.
  if (due.at - now > due.waitMs) due.at = now + due.waitMs
  return Math.max(0, due.at - now)
}
