import type { Clock } from '../../clock.js'

/** The longest time from a report to its write, in milliseconds. Reports of that time are one write. */
export const WRITE_WITHIN_MS = 25

/**
 * The progress of one attempt, written behind the generator's back: a reader cannot tell reports within a frame apart, but each
 * write costs as much as a step. Only the highest progress matters. Other writes of the attempt carry what is unwritten, so the
 * end of an attempt never lacks its last progress.
 */
export interface ProgressBehind {
  /** Does nothing unless the progress rises. */
  report(percent: number): void
  /** Makes another write, which gets the unwritten progress. `false`: the write was lost, so that a later one carries it. */
  carry(write: (progress: number | undefined) => Promise<boolean>): Promise<void>
  /** Takes note that another write has stored this progress, whatever it carried. */
  stored(percent: number): void
  /** The progress that no write has stored for sure. */
  readonly unwritten: number | undefined
  /** Writes nothing by itself from now on. */
  close(): void
}

interface ProgressBehindOptions {
  /** The task's progress at the beginning. */
  stored: number
  /** Handles its own errors; `false` as in `carry`. */
  write: (progress: number) => Promise<boolean>
  clock: Clock
}

export function createProgressBehind({ stored, write, clock }: ProgressBehindOptions): ProgressBehind {
  let highest = stored
  let unwritten: number | undefined
  let stopTimer: (() => void) | undefined
  let isOpen = true

  function stopWaiting(): void {
    stopTimer?.()
    stopTimer = undefined
  }

  async function carry(writeAny: (progress: number | undefined) => Promise<boolean>): Promise<void> {
    stopWaiting()
    const progress = unwritten
    // A greater progress may have been reported meanwhile.
    if ((await writeAny(progress)) && unwritten === progress) unwritten = undefined
  }

  function onTime(): void {
    void carry(async (progress) => progress === undefined || write(progress))
  }

  return {
    report(percent) {
      if (!isOpen || percent <= highest) return
      highest = percent
      unwritten = percent
      stopTimer ??= clock.after(WRITE_WITHIN_MS, onTime)
    },
    carry,
    stored(percent) {
      highest = Math.max(highest, percent)
      if (unwritten !== undefined && unwritten <= percent) unwritten = undefined
    },
    get unwritten() {
      return unwritten
    },
    close() {
      isOpen = false
      stopWaiting()
    },
  }
}
