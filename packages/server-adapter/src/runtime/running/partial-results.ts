import type { Clock } from '../../clock.js'

/** Four a second. */
const WRITE_EVERY_MS = 250

/** The partial results of one attempt. Only the latest one matters. */
export interface PartialResults {
  /** Takes the value over. It is written at once, or as soon as the last write is old enough, unless a newer one comes. */
  report(value: unknown): void
  /** Writes what still waits, now. Resolves when nothing is under way any more. */
  flush(): Promise<void>
  /** Drops what waits; later values are ignored. */
  close(): void
}

/** @param write may fail: a partial result is not worth failing for, and the writer has looked at the error. */
export function createPartialResults(write: (value: unknown) => Promise<void>, clock: Clock): PartialResults {
  let latest: { value: unknown } | null = null
  let writing: Promise<void> | null = null
  let stopTimer: (() => void) | undefined
  let nextAt = 0
  let isOpen = true

  /** One write at a time, so that an older value never overtakes a newer one. */
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
