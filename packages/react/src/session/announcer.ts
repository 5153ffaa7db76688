import { createListeners, type Listeners } from '@brandkit/client/page'

export interface Announcement {
  urgency: 'polite' | 'assertive'
  text: string
}

/** The texts for assistive technology. They are separate from visible texts, so that everything is announced once. */
export interface Announcer {
  readonly say: (announcement: Announcement) => void
  readonly subscribe: Listeners<Announcement>['subscribe']
}

export function createAnnouncer(): Announcer {
  const { tell, subscribe } = createListeners<Announcement>()
  return { say: tell, subscribe }
}
