import { type LongTimerOptions, startLongTimer } from '@brandkit/core'

/** The time of a server: all that is due, held, guessed or beaten goes by it. Only the fake task server has another. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds from any beginning. Nobody can set this clock, so that differences are true. */
  uptime(): number
  /** Calls back once, after so many milliseconds. Returns the function that stops it. */
  after(ms: number, callback: () => void, options?: LongTimerOptions): () => void
  /** Calls back again and again. Returns the function that stops it. */
  every(ms: number, callback: () => void): () => void
}

/** The clock of the machine. Its functions are looked up at each call, so that it is also the one of fake timers. */
export const machineClock: Clock = {
  now: () => Date.now(),
  uptime: () => performance.now(),
  after: (ms, callback, options) => startLongTimer(ms, callback, options),
  every(ms, callback) {
    const timer = setInterval(callback, ms)
    return () => clearInterval(timer)
  },
}
