import type { Clock } from '../clock.js'

interface Entry {
  /** A time of the monotonic clock. */
  at: number
  callback: () => void
}

/**
 * The same clock with one timer for all callbacks. A short attempt needs a heartbeat and a time-out that never come; setting and
 * clearing a timer for each cost more than the attempt's own bookkeeping.
 *
 * Callbacks of one duration are due in the order in which they were set. So each duration has a list, and only the heads of the
 * few lists are looked at. The timer stops with the last callback, so that it keeps no idle process alive.
 */
export function shareTimers(clock: Clock): Clock {
  const lists = new Map<number, Set<Entry>>()
  let count = 0
  let armedAt = Infinity
  let stopTimer: (() => void) | undefined

  function disarm(): void {
    stopTimer?.()
    stopTimer = undefined
    armedAt = Infinity
  }

  function arm(at: number): void {
    if (at >= armedAt) return
    disarm()
    armedAt = at
    stopTimer = clock.after(Math.max(0, at - clock.uptime()), ring)
  }

  function add(ms: number, entry: Entry): void {
    const list = lists.get(ms)
    if (list) list.add(entry)
    else lists.set(ms, new Set([entry]))
    count += 1
    arm(entry.at)
  }

  function remove(ms: number, entry: Entry): void {
    const list = lists.get(ms)
    if (!list?.delete(entry)) return
    count -= 1
    // Durations such as "the rest of a pause" come only once.
    if (list.size === 0) lists.delete(ms)
    if (count === 0) disarm()
  }

  function ring(): void {
    // A timer may come a fraction of a millisecond early.
    const now = Math.max(clock.uptime(), armedAt)
    disarm()
    const due: [ms: number, entry: Entry][] = []
    for (const [ms, list] of lists) {
      for (const entry of list) {
        if (entry.at > now) break
        due.push([ms, entry])
      }
    }
    for (const [ms, entry] of due.toSorted(([, a], [, b]) => a.at - b.at)) {
      // An earlier callback may have stopped this one.
      if (!lists.get(ms)?.has(entry)) continue
      remove(ms, entry)
      entry.callback()
    }
    for (const [head] of lists.values()) if (head) arm(head.at)
  }

  return {
    now: () => clock.now(),
    uptime: () => clock.uptime(),
    after(ms, callback, options) {
      // Such a timer must not keep the process, so it cannot share a timer that does.
      if (options?.keepsProcess === false) return clock.after(ms, callback, options)
      const entry = { at: clock.uptime() + ms, callback }
      add(ms, entry)
      return () => remove(ms, entry)
    },
    every(ms, callback) {
      let entry: Entry
      const set = () => {
        entry = { at: clock.uptime() + ms, callback: again }
        add(ms, entry)
      }
      const again = () => {
        set()
        callback()
      }
      set()
      return () => remove(ms, entry)
    },
  }
}
