import { handled } from '@brandkit/core'
import { nextTurn } from '../../platform.js'

/** How long calls may follow each other before timers may run, in milliseconds. */
const LONGEST_TURN_MS = 20

/** The answer to all calls that have nothing to wait for. */
const DONE = Promise.resolve()

type OnRefused = (error: unknown) => void

/**
 * Makes the promises of one generator's calls, whose rejection needs no handler. Also lets timers run between the calls of a
 * generator in an endless loop; otherwise the process would neither send heartbeats nor notice a time-out.
 */
export class HandOut {
  private turnedAt = performance.now()

  /** Does `work` and returns the generator's promise. Calls `onRefused` before that promise rejects. */
  whenDone<T>(work: () => Promise<T>, onRefused?: OnRefused): Promise<T> {
    return handled(this.inTurn(work, onRefused))
  }

  /** The same for work that is done at once, so that a report usually costs no promise. */
  atOnce(work: () => void, onRefused?: OnRefused): Promise<void> {
    try {
      work()
    } catch (error) {
      return handled(this.refuse(error, onRefused))
    }
    return this.isLate() ? this.turn() : DONE
  }

  /** Waits for a turn of the event loop only after the work, so that calls keep their order. */
  private async inTurn<T>(work: () => Promise<T>, onRefused?: OnRefused): Promise<T> {
    try {
      const output = await work()
      if (this.isLate()) await this.turn()
      return output
    } catch (error) {
      return this.refuse(error, onRefused)
    }
  }

  private async refuse(error: unknown, onRefused?: OnRefused): Promise<never> {
    onRefused?.(error)
    await this.turn()
    throw error
  }

  private isLate(): boolean {
    return performance.now() - this.turnedAt > LONGEST_TURN_MS
  }

  private async turn(): Promise<void> {
    await nextTurn()
    this.turnedAt = performance.now()
  }
}
