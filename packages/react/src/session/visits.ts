import { createUserStorage } from '@brandkit/client'

/** When the user last looked: what ended since then is news after a reload. */
export interface Visits {
  /** Milliseconds since the epoch; 0 when it is unknown. */
  lastAt(): number
  /** The user looks away now. */
  end(): void
  /** Deletes what other users of this browser left. */
  forgetOthers(): void
}

/** What ended in the last moments of a visit may not have been seen, and clocks of browser and server differ. */
const GRACE_MS = 60_000

export function createVisits({ userId, now }: { userId: string | null; now: () => number }): Visits {
  const storage = createUserStorage({ name: 'visit', userId })
  let last: number | undefined
  // Read once: what this page itself writes is not the visit before.
  const lastAt = () => (last ??= toTime(storage.read()['at']))

  return {
    lastAt,
    end: () => {
      lastAt()
      storage.write({ at: now() - GRACE_MS })
    },
    forgetOthers: () => storage.forgetOthers(),
  }
}

function toTime(at: unknown): number {
  return typeof at === 'number' ? at : 0
}
