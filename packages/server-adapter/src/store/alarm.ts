/** A task that nobody has claimed this long after it was due is delivered again, in milliseconds. */
export const FIRST_ALARM_MS = 30_000
/** The longest pause between two rings, in milliseconds. */
export const LAST_ALARM_MS = 600_000

/** The pause before the next ring: doubles with each one, up to ten minutes. */
export function alarmDelayMs(rings: number): number {
  return Math.min(LAST_ALARM_MS, FIRST_ALARM_MS * 2 ** Math.min(rings, 16))
}
