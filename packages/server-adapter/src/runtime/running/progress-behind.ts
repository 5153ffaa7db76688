import type { Clock } from '../../clock.js'

/** The longest time from a report to its write, in milliseconds. Reports of that time are one write. */
export const WRITE_WITHIN_MS = 25

interface ProgressBehindOptions {
  /** The task's progress at the beginning. */
  stored: number
  /** Handles its own errors; `false` as in `carry`. */
  write: (progress: number) => Promise<boolean>
  clock: Clock
}

/**
 * The progress of one attempt, written behind the generator's back: a reader cannot tell reports within a frame apart, but each
 * write costs as much as a step. Only the highest progress matters. Other writes of the attempt carry what is unwritten, so the
 * end of an attempt never lacks its last progress.
 *
 * A class, as everything that each attempt has: see `Attempt`.
 */
export class ProgressBehind {
  private readonly options: ProgressBehindOptions
  private highest: number
  private waiting: number | undefined
  private stopTimer: (() => void) | undefined
  private isOpen = true

  constructor(options: ProgressBehindOptions) {
    this.options = options
    this.highest = options.stored
  }

  /** The progress that no write has stored for sure. */
  get unwritten(): number | undefined {
    return this.waiting
  }

  /** Does nothing unless the progress rises. */
  report(percent: number): void {
    if (!this.isOpen || percent <= this.highest) return
    this.highest = percent
    this.waiting = percent
    this.stopTimer ??= this.options.clock.after(WRITE_WITHIN_MS, () => this.onTime())
  }

  /** Makes another write, which gets the unwritten progress. `false`: the write was lost, so that a later one carries it. */
  async carry(write: (progress: number | undefined) => Promise<boolean>): Promise<void> {
    this.stopWaiting()
    const progress = this.waiting
    // A greater progress may have been reported meanwhile.
    if ((await write(progress)) && this.waiting === progress) this.waiting = undefined
  }

  /** Takes note that another write has stored this progress, whatever it carried. */
  stored(percent: number): void {
    this.highest = Math.max(this.highest, percent)
    if (this.waiting !== undefined && this.waiting <= percent) this.waiting = undefined
  }

  /** Writes nothing by itself from now on. */
  close(): void {
    this.isOpen = false
    this.stopWaiting()
  }

  private onTime(): void {
    void this.carry(async (progress) => progress === undefined || this.options.write(progress))
  }

  private stopWaiting(): void {
    this.stopTimer?.()
    this.stopTimer = undefined
  }
}
