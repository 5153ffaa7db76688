import { createListeners, type Listeners } from '@brandkit/client/page'

export interface Announcement {
  urgency: 'polite' | 'assertive'
  text: string
}

/** What assistive technology is to be told. Kept apart from what is seen, so that nothing is said twice. */
export interface Announcer {
  readonly say: (announcement: Announcement) => void
  readonly subscribe: Listeners<Announcement>['subscribe']
  /**
   * Starts a speaker unless another one speaks; when that one stops, the next that has claimed starts. `start` returns the
   * function that stops it, and so does `claim`.
   */
  readonly claim: (start: () => () => void) => () => void
}

export function createAnnouncer(): Announcer {
  const { tell, subscribe } = createListeners<Announcement>()
  /** The first of them speaks. */
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
