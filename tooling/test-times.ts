/** Milliseconds that a condition may take to come true in a test: a busy machine takes its time, and is no failure. */
export const CONDITION_MS = 60_000
