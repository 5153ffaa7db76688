import { createListeners, type Listeners } from '@brandkit/client/page'

export interface Announcement {
  urgency: 'polite' | 'assertive'
  text: string
}

/** The texts for assistive technology. They are separate from visible texts, so that everything is announced once. */
export interface Announcer {
  readonly say: (announcement: Announcement) => void
  readonly subscribe: Listeners<Announcement>['subscribe']
  /**
   * Starts a speaker unless another one speaks. When the current speaker stops, the next claim starts. Both `start` and
   * `claim` return the function that stops them.
   */
  readonly claim: (start: () => () => void) => () => void
}

export function createAnnouncer(): Announcer {
  const { tell, subscribe } = createListeners<Announcement>()
  /** The first claim speaks. */
  const claims = new Set<() => () => void>()
  let stop: (() => void) | undefined

  return {
    say: tell,
    subscribe,
    claim: (start) => {
      claims.add(start)
      stop ??= start()
      return () => {
        const [speaker] = claims
        claims.delete(start)
        if (speaker !== start) return
        stop?.()
        const [next] = claims
        stop = next?.()
      }
    },
  }
}
