import { handled } from '@brandkit/core'
import { nextTurn } from '../../platform.js'

/** How long calls may follow each other before timers may run, in milliseconds. */
const LONGEST_TURN_MS = 20

/** Does `work` for a generator and returns the generator's promise. Calls `onRefused` before that promise rejects. */
export type HandOut = <T>(work: () => Promise<T>, onRefused?: (error: unknown) => void) => Promise<T>

/**
 * Makes promises whose rejection needs no handler. Also lets timers run between the calls of a generator in an endless loop;
 * otherwise the process would neither send heartbeats nor notice a time-out.
 */
export function createHandOut(): HandOut {
  let turnedAt = performance.now()

  async function turn(): Promise<void> {
    await nextTurn()
    turnedAt = performance.now()
  }

  /** Waits for a turn of the event loop only after the work, so that calls keep their order. */
  async function inTurn<T>(work: () => Promise<T>, onRefused?: (error: unknown) => void): Promise<T> {
    try {
      const output = await work()
      if (performance.now() - turnedAt > LONGEST_TURN_MS) await turn()
      return output
    } catch (error) {
      onRefused?.(error)
      await turn()
      throw error
    }
  }

  return (work, onRefused) => handled(inTurn(work, onRefused))
}
