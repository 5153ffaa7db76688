/** The time of a fake server. */
export interface FakeClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back after so many milliseconds. Returns the function that stops it. */
  after(ms: number, callback: () => void): () => void
}

/** The clock of the machine; also the one of a test's fake timers, since it looks them up at every call. */
export const realClock: FakeClock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends FakeClock {
  /** Lets milliseconds pass: what falls due is called in its order, each at its time. */
  advance(ms: number): void
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
    advance(ms) {
      const end = time + ms
      for (;;) {
        const [next] = [...alarms].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (!next) break
        alarms.delete(next)
        time = Math.max(time, next.at)
        next.callback()
      }
      time = end
    },
  }
}
