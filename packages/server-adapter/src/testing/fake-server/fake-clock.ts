import type { LongTimerOptions } from '@brandkit/core'
import { type Clock, machineClock } from '../../clock.js'
import { nextTurn } from '../../platform.js'

/** The time of a fake server. */
export interface FakeClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back after so many milliseconds. Returns the function that stops it. */
  after(ms: number, callback: () => void, options?: LongTimerOptions): () => void
}

/** The clock of the machine. Looks its functions up at each call, so that fake timers of a test work, too. */
export const realClock: FakeClock = { now: machineClock.now, after: machineClock.after }

/**
 * The clock of a server, made of the two functions of a fake clock.
 *
 * @throws TypeError when one of them is missing
 */
export function toClock({ now, after }: FakeClock): Clock {
  if (typeof now !== 'function' || typeof after !== 'function')
    throw new TypeError('A clock is { now(), after(ms, callback) }, such as createManualClock() makes.')
  return {
    now,
    uptime: now,
    after: (ms, callback, options) => (ms < Infinity ? after(ms, callback, options) : () => {}),
    every(ms, callback) {
      const start = () => after(ms, again, { keepsProcess: false })
      const again = () => {
        stop = start()
        callback()
      }
      let stop = start()
      return () => stop()
    },
  }
}

/** A clock that stands still until `advance`. */
export interface ManualClock extends FakeClock {
  /**
   * Lets milliseconds pass. Callbacks run in the order of their times, and the server finishes its work after each of them.
   *
   * @throws RangeError for less than 0, for a value that is not a finite number, and for a time that no date can have
   */
  advance(ms: number): Promise<void>
  /** Milliseconds until the next callback. Infinity: none is set. */
  dueInMs(): number
}

/** The last time that a date can have. @see ECMA-262, section 21.4.1.1 */
const LAST_TIME = 8.64e15

/**
 * @param start milliseconds since the epoch. Default 1 March 2027.
 * @throws RangeError for a start that is no time from the epoch on
 */
export function createManualClock(start: number = Date.UTC(2027, 2, 1)): ManualClock {
  if (!Number.isFinite(start) || start < 0 || start > LAST_TIME)
    throw new RangeError(`The start is ${start}; it must be milliseconds since the epoch.`)
  let time = start
  const alarms = new Set<{ at: number; callback: () => void }>()

  return {
    now: () => time,
    after(ms, callback) {
      const alarm = { at: time + ms, callback }
      alarms.add(alarm)
      return () => void alarms.delete(alarm)
    },
    async advance(ms) {
      if (!Number.isFinite(ms) || ms < 0 || time + ms > LAST_TIME)
        throw new RangeError(
          `advance(${ms}): give a finite number of milliseconds from 0, since time only moves forward.`,
        )
      const end = time + ms
      await settle()
      for (;;) {
        const [next] = [...alarms].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (!next) break
        alarms.delete(next)
        time = Math.max(time, next.at)
        next.callback()
        await settle()
      }
      time = end
    },
    dueInMs: () => Math.max(0, Math.min(...[...alarms].map(({ at }) => at)) - time),
  }
}

/** Turns of the event loop that the longest chain of promises in the server takes. A failing step needs one of them. */
const TURNS = 4

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn()
}
