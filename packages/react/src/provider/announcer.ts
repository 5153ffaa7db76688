export interface Announcement {
  urgency: 'polite' | 'assertive'
  text: string
}

/** What assistive technology is to be told. Kept apart from what is seen, so that nothing is said twice. */
export interface Announcer {
  readonly say: (announcement: Announcement) => void
  readonly subscribe: (listener: (announcement: Announcement) => void) => () => void
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<(announcement: Announcement) => void>()
  return {
    say: (announcement) => {
      for (const listener of listeners) listener(announcement)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
