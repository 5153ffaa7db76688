import { createUserStorage } from '@brandkit/client'

/** When the user last looked: tasks that ended since then are news after a reload. */
export interface Visits {
  /**
   * Milliseconds since the epoch. `NaN` on the first visit, so that nothing has ended since: what this browser has never
   * seen running is history.
   */
  lastAt(): number
  /** Marks the moment when the user looks away. */
  end(): void
  /** Deletes the visits that other users of this browser have stored. */
  forgetOthers(): void
}

/** Users may have missed the ends in the last moments of a visit, and the clocks of browser and server differ. */
const GRACE_MS = 60_000

export function createVisits({ userId, now }: { userId: string | null; now: () => number }): Visits {
  const storage = createUserStorage({ name: 'visit', userId })
  let last: number | undefined
  // Read once, because this page's own writes belong to the current visit.
  const lastAt = () => (last ??= Number(storage.read()['at']))

  return {
    lastAt,
    end: () => {
      lastAt()
      storage.write({ at: now() - GRACE_MS })
    },
    forgetOthers: () => storage.forgetOthers(),
  }
}
