/**
 * The longest delay of `setTimeout` in milliseconds, about 25 days. `setTimeout` treats a longer delay as zero (HTML,
 * "timers").
 */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface LongTimerOptions {
  /** Whether the timer keeps a Node.js process alive. Default true. */
  keepsProcess?: boolean | undefined
}

/**
 * `setTimeout` for any length: 60 days are 60 days, `Infinity` never fires, and a time that has passed fires at once. Returns a
 * function that stops the timer.
 */
export function startLongTimer(
  ms: number,
  onTime: () => void,
  { keepsProcess = true }: LongTimerOptions = {},
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined

  function wait(leftMs: number): void {
    const stretchMs = Math.min(leftMs, LONGEST_TIMER_MS)
    timer = setTimeout(() => (leftMs > stretchMs ? wait(leftMs - stretchMs) : onTime()), stretchMs)
    // In browsers a timer is a number.
    if (!keepsProcess) (timer as { unref?: () => void }).unref?.()
  }

  // Node.js warns on the console about a negative time.
  if (ms < Infinity) wait(Math.max(0, ms))
  return () => clearTimeout(timer)
}
