import { type LongTimerOptions, startLongTimer } from '@brandkit/core'

/** The clock of a server, used for due times, leases, estimates and heartbeats. Only the fake task server replaces it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds since an arbitrary moment. Monotonic: changes of the system time have no effect on differences. */
  uptime(): number
  /** Calls back once, after `ms` milliseconds. Returns a function that stops the timer. */
  after(ms: number, callback: () => void, options?: LongTimerOptions): () => void
  /** Calls back every `ms` milliseconds. Returns a function that stops the timer. */
  every(ms: number, callback: () => void): () => void
}

/** The clock of the machine. Looks its functions up at each call, so that fake timers work too. */
export const machineClock: Clock = {
  now: () => Date.now(),
  uptime: () => performance.now(),
  after: (ms, callback, options) => startLongTimer(ms, callback, options),
  every(ms, callback) {
    const timer = setInterval(callback, ms)
    return () => clearInterval(timer)
  },
}
