import { handled } from '@brandkit/core'
import { nextTurn } from '../../platform.js'

/** How long calls may follow each other before timers get their turn, in milliseconds. */
const LONGEST_TURN_MS = 20

/** Does what a generator asks for, and makes the promise that it gets for it. Refusals are told to `onRefused` first. */
export type HandOut = <T>(work: () => Promise<T>, onRefused?: (error: unknown) => void) => Promise<T>

/**
 * A rejection does no harm when the generator does not look at it. And a generator that asks without end, or again after
 * each refusal, keeps no timer from firing: the process would neither beat nor notice that the time is up.
 */
export function createHandOut(): HandOut {
  let turnedAt = performance.now()

  async function turn(): Promise<void> {
    await nextTurn()
    turnedAt = performance.now()
  }

  /** Turns come after the work, so that calls are done in their order. */
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
