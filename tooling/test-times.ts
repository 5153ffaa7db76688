/** The longest time that a test waits for a condition, in milliseconds. A busy machine may be slow without a failure. */
export const CONDITION_MS = 60_000
