/**
 * The alarm: the time, kept in a queued row, at which maintenance delivers the task again. `create`, a retry and a release
 * set it in the statement that queues the task, so a task cannot be queued without one. A claim silences it. Each ring sets
 * the next one, and lifts the weight of the delivery by one.
 */

/** A task that nobody has claimed this long after it was due is delivered again, in milliseconds. */
export const FIRST_ALARM_MS = 30_000

/** The longest pause between two rings, in milliseconds. */
export const LAST_ALARM_MS = 600_000

/** The pause before the next ring: doubles with each one, up to ten minutes. */
export function alarmDelayMs(rings: number): number {
  return Math.min(LAST_ALARM_MS, FIRST_ALARM_MS * 2 ** Math.min(rings, 16))
}
