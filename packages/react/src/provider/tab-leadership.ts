import { createListeners, type Listeners } from './create-listeners.js'
import { isPageHidden } from './is-page-hidden.js'
import { listen } from './listen.js'
import { stopAll } from './stop-all.js'
import type { TabChannel } from './tab-channel.js'

/** Which of a user's tabs keeps the connection to the server. */
export interface TabLeadership {
  /** Always, where tabs cannot agree: then each works alone. */
  readonly isLeader: () => boolean
  /** Whether this browser lets tabs agree at all. Plain http on a LAN does not. */
  isShared(): boolean
  readonly subscribe: Listeners<void>['subscribe']
  /** Begins to compete. Returns the function that ends it and lets another tab lead. */
  start(): () => void
}

/**
 * The leader holds a Web Lock, so that the browser itself passes it on when a tab is closed or crashes. Visible tabs
 * compete; a hidden leader yields when a visible tab asks, and leads on while none does.
 */
export function createTabLeadership({ name, channel }: { name: string; channel: TabChannel }): TabLeadership {
  const { tell, subscribe } = createListeners()
  let isAlone = false
  let waiting: AbortController | undefined
  let release: (() => void) | undefined

  function compete(): void {
    if (isAlone || waiting || release || isPageHidden()) return
    const own = new AbortController()
    waiting = own
    const lead = () => {
      // Given up in the very moment when it was granted.
      if (waiting !== own) return undefined
      waiting = undefined
      return new Promise<void>((resolve) => {
        release = resolve
        tell()
      })
    }
    navigator.locks.request(name, { signal: own.signal }, lead).catch(() => {
      if (waiting !== own) return
      // Forbidden, in a sandboxed frame for example.
      waiting = undefined
      isAlone = true
      tell()
    })
    channel.post({ kind: 'ask' })
  }

  function stopWaiting(): void {
    const given = waiting
    waiting = undefined
    given?.abort()
  }

  function yieldLead(): void {
    const resolve = release
    release = undefined
    resolve?.()
    if (resolve) tell()
  }

  function whenVisibilityChanges(): void {
    if (!isPageHidden()) {
      compete()
      return
    }
    stopWaiting()
    // Those that waited asked while it could be seen, and were not heard.
    if (release) channel.post({ kind: 'hidden' })
  }

  function leave(): void {
    stopWaiting()
    yieldLead()
    channel.close()
  }

  function enter(): void {
    channel.open()
    compete()
  }

  return {
    isLeader: () => isAlone || release !== undefined,
    isShared: () => !isAlone,
    subscribe,
    start: () => {
      isAlone = !navigator.locks || !channel.open()
      if (isAlone) {
        tell()
        return () => {}
      }
      enter()
      return stopAll(
        channel.subscribe(({ kind }) => {
          if (kind === 'ask' && isPageHidden()) yieldLead()
          if (kind === 'hidden' && waiting) channel.post({ kind: 'ask' })
        }),
        listen(document, ['visibilitychange'], whenVisibilityChanges),
        // Else the page could not rest in the back/forward cache, and nobody else could lead meanwhile.
        listen(window, ['pagehide'], leave),
        listen(window, ['pageshow'], enter),
        leave,
      )
    },
  }
}
