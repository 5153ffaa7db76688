/**
 * The lease: a worker's right to write about a task, until a time by the store's clock.
 *
 * - `claim` grants the lease and its epoch. Every write carries the epoch; a row with another epoch refuses the write.
 * - `beat` extends the lease. runtime/running/attempt.ts beats every `BEAT_MS`, so five beats may get lost.
 * - `settle`, `cancel` and a deadline end the lease. If the worker is gone, maintenance ends the lease after its time: the
 *   task is queued again with the next epoch, or fails when no attempt is left.
 * - A worker learns that it has lost its lease from `ownership_lost`, which any write may throw, or from a change with a
 *   greater epoch. The worker then aborts the generator's signal and stops writing.
 */

/** How long a worker may be silent before another worker gets its task, in milliseconds. Default of `timings`. */
export const LEASE_MS = 30_000

/** How often a worker extends its leases, in milliseconds. Default of `timings`. */
export const BEAT_MS = 5_000

export interface LeaseFacts<Moment> {
  now: Moment
  leaseMs: Moment
  /** When the attempt was claimed. */
  startedAt: Moment
  /** Longest time of one attempt, in milliseconds. */
  timeoutMs: Moment
  /** When the task as a whole must be over. Without a deadline: Infinity, or null in SQL. */
  deadlineAt: Moment
}

/** The end of a lease that is granted or extended now: never after the attempt's time-out or the task's deadline. */
export function leaseEnd({ now, leaseMs, startedAt, timeoutMs, deadlineAt }: LeaseFacts<number>): number {
  return Math.min(now + leaseMs, startedAt + timeoutMs, deadlineAt)
}

/** The same formula in SQL. Each fact is an SQL expression of our own, never a value; `least` ignores null. */
export function leaseEndSql({ now, leaseMs, startedAt, timeoutMs, deadlineAt }: LeaseFacts<string>): string {
  return `least(${now} + ${leaseMs} * interval '1 ms', ${startedAt} + ${timeoutMs} * interval '1 ms', ${deadlineAt})`
}
