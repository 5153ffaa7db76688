/** The longest delay of `setTimeout`, in milliseconds: about 25 days. It takes a longer one for none at all (HTML, "timers"). */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface LongTimerOptions {
  /** Whether a Node.js process stays up for it. Default true. */
  keepsProcess?: boolean | undefined
}

/**
 * `setTimeout` for times of any length: 60 days are 60 days, and `Infinity` never comes. Returns the function that stops
 * it.
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
    // Browsers give a number.
    if (!keepsProcess) (timer as { unref?: () => void }).unref?.()
  }

  if (ms < Infinity) wait(ms)
  return () => clearTimeout(timer)
}
