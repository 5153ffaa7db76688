/**
 * A clock that never runs backwards, in milliseconds: where somebody has set `now` back, hours perhaps, it goes on from
 * what it said last. Otherwise everything that waits would wait for so much longer.
 */
export function createSteadyClock(now: () => number): () => number {
  let last = now()
  let lost = 0
  return () => {
    const time = now()
    lost += Math.max(0, last - time)
    last = time
    return time + lost
  }
}
