/**
 * The alarm is a time in a queued row; at that time maintenance delivers the task again. `create`, a retry and a release set
 * the alarm in the statement that queues the task, so every queued task has one. A claim clears the alarm. Each ring sets
 * the next alarm and raises the priority of the delivery by one.
 */

/** How long after its due time an unclaimed task is delivered again, in milliseconds. */
export const FIRST_ALARM_MS = 30_000

/** The longest pause between two rings, in milliseconds. */
export const LAST_ALARM_MS = 600_000

/** The pause before the next ring: doubles with each ring, up to ten minutes. */
export function alarmDelayMs(rings: number): number {
  return Math.min(LAST_ALARM_MS, FIRST_ALARM_MS * 2 ** Math.min(rings, 16))
}
