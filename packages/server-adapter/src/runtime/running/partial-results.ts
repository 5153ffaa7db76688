import type { Clock } from '../../clock.js'

/** The shortest time between two writes, in milliseconds. */
const WRITE_EVERY_MS = 250

/** The partial results of one attempt. Only the latest value matters. */
export interface PartialResults {
  /** Writes the value at once, or 250 ms after the last write. A newer value replaces a waiting one. */
  report(value: unknown): void
  /** Writes a waiting value now. Resolves when all writes have ended. */
  flush(): Promise<void>
  /** Drops a waiting value and ignores later ones. */
  close(): void
}

/** @param write may fail without effect on the task; it handles its own errors */
export function createPartialResults(write: (value: unknown) => Promise<void>, clock: Clock): PartialResults {
  let latest: { value: unknown } | null = null
  let writing: Promise<void> | null = null
  let stopTimer: (() => void) | undefined
  let nextAt = 0
  let isOpen = true

  /** Starts the next write. Writes one at a time, so that an older value never overtakes a newer one. */
  function schedule(): void {
    if (!latest || writing || stopTimer) return
    const waitMs = nextAt - clock.uptime()
    if (waitMs <= 0) return writeLatest()
    stopTimer = clock.after(waitMs, () => {
      stopTimer = undefined
      writeLatest()
    })
  }

  function writeLatest(): void {
    if (!latest) return
    const { value } = latest
    latest = null
    nextAt = clock.uptime() + WRITE_EVERY_MS
    writing = write(value)
      .catch(() => {})
      .finally(() => {
        writing = null
        schedule()
      })
  }

  function stopWaiting(): void {
    stopTimer?.()
    stopTimer = undefined
  }

  return {
    report(value) {
      if (!isOpen) return
      latest = { value }
      schedule()
    },
    async flush() {
      stopWaiting()
      await writing
      stopWaiting()
      writeLatest()
      await writing
    },
    close() {
      isOpen = false
      latest = null
      stopWaiting()
    },
  }
}
