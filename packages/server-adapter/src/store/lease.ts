/**
 * The lease: a worker's right to write about a task, until a time by the store's clock.
 *
 * - `claim` gives it, with the epoch that proves it: every write shows the epoch, and a row with another one refuses.
 * - `beat` prolongs it. The heart of runtime/running/attempt.ts beats every `BEAT_MS`, so that five may get lost.
 * - `settle`, `cancel` and a deadline end it. When the worker is gone, maintenance ends it once its time is over: the task
 *   is queued again with the next epoch, or fails when no attempt is left.
 * - A worker learns that it has lost its lease from `ownership_lost`, which any write may throw, or from a change with a
 *   greater epoch. It then aborts the generator's signal and writes nothing more.
 */

/** How long a worker may be silent before its task is given to another, in milliseconds, unless `timings` say otherwise. */
export const LEASE_MS = 30_000

/** How often a worker prolongs its leases, in milliseconds, unless `timings` say otherwise. */
export const BEAT_MS = 5_000

export interface LeaseFacts<Moment> {
  now: Moment
  leaseMs: Moment
  /** When the attempt was claimed. */
  startedAt: Moment
  /** Longest time of one attempt, in milliseconds. */
  timeoutMs: Moment
  /** When the task as a whole must be over. Infinity, in SQL null, where it has no deadline. */
  deadlineAt: Moment
}

/** When a lease ends that is given or prolonged now: never after the attempt's time-out or the task's deadline. */
export function leaseEnd({ now, leaseMs, startedAt, timeoutMs, deadlineAt }: LeaseFacts<number>): number {
  return Math.min(now + leaseMs, startedAt + timeoutMs, deadlineAt)
}

/** The same formula in SQL. Each fact is an expression of our own, never a value; `least` passes over null. */
export function leaseEndSql({ now, leaseMs, startedAt, timeoutMs, deadlineAt }: LeaseFacts<string>): string {
  return `least(${now} + ${leaseMs} * interval '1 ms', ${startedAt} + ${timeoutMs} * interval '1 ms', ${deadlineAt})`
}
