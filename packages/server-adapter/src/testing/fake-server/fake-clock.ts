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

/** The clock of the machine; also the one of a test's fake timers, which need to fake `Date` and `setTimeout` alone. */
export const realClock: FakeClock = { now: machineClock.now, after: machineClock.after }

/** What a server asks of its clock, by the two functions of a fake one. */
export function toClock({ now, after }: FakeClock): Clock {
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

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends FakeClock {
  /**
   * Lets milliseconds pass: what falls due is called in its order, each at its time, and the server does what follows from
   * it before the next.
   */
  advance(ms: number): Promise<void>
}

/** @param start milliseconds since the epoch. Default 1 March 2027. */
export function createManualClock(start: number = Date.UTC(2027, 2, 1)): ManualClock {
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
  }
}

/** Turns that the longest chain of a server in memory takes; a step that fails waits for one of its own. */
const TURNS = 4

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn()
}
