/** A clock that can jump, and run faster than real time. */
export interface LocalClock {
  /** Milliseconds since 1970 by this clock. */
  now(): number
  /** How many real milliseconds pass until this clock shows `time`; 0 when the time has passed. */
  realMsUntil(time: number): number
  advance(ms: number): void
}

export function createLocalClock({ speed }: { speed: number }): LocalClock {
  const startedAt = Date.now()
  let skipped = 0
  const now = () => startedAt + (Date.now() - startedAt) * speed + skipped

  return {
    now,
    realMsUntil: (time) => Math.max(0, (time - now()) / speed),
    advance(ms) {
      skipped += ms
    },
  }
}
