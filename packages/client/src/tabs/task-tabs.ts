import { createListeners, type Listeners } from '../create-listeners.js'
import { isPageHidden, listen, stopAll } from '../page-events.js'
import { createTabChannel, type TabChannel } from './tab-channel.js'

/** The tabs of one user. One tab leads and keeps the connection to the server; all tabs share what they receive. */
export interface TaskTabs {
  /** Whether this tab leads. Always true when tabs cannot coordinate, because each tab then works alone. */
  readonly isLeader: () => boolean
  /** Whether tabs can coordinate in this browser. They cannot over plain http on a LAN. */
  isShared(): boolean
  /** Calls back when this tab starts or stops leading. */
  readonly subscribe: Listeners['subscribe']
  /** Posts to the other tabs. */
  readonly post: TabChannel['post']
  /** Calls back with the messages of other tabs. Returns the function that stops it. */
  readonly onMessage: TabChannel['subscribe']
  /** Starts to compete for the lead. Returns the function that stops it and lets another tab lead. */
  start(): () => void
}

/**
 * The leader holds a Web Lock, so the browser itself passes the lead on when a tab closes or crashes. Visible tabs
 * compete. A hidden leader yields when a visible tab asks, and leads on until then.
 *
 * @param options.url tabs with the same user and url share one connection. Default: all tabs of the user share one.
 */
export function createTaskTabs({ userId, url = '' }: { userId: string | null; url?: string | undefined }): TaskTabs {
  const name = `brandkit:tabs:${userId}:${url}`
  const channel = createTabChannel(name)
  const { tell, subscribe } = createListeners()
  let isAlone = false
  let waiting: AbortController | undefined
  let release: (() => void) | undefined

  function compete(): void {
    if (isAlone || waiting || release || isPageHidden()) return
    const own = new AbortController()
    waiting = own
    const lead = () => {
      // This tab gave up at the moment when the lock was granted.
      if (waiting !== own) return undefined
      waiting = undefined
      return new Promise<void>((resolve) => {
        release = resolve
        tell()
      })
    }
    navigator.locks.request(name, { signal: own.signal }, lead).catch(() => {
      if (waiting !== own) return
      // Locks may be forbidden, for example in a sandboxed frame.
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
    // The waiting tabs asked while this tab was visible, and it did not yield then.
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
    post: channel.post,
    onMessage: channel.subscribe,
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
        // A tab with a lock could not enter the back/forward cache, and would keep other tabs from leading.
        listen(window, ['pagehide'], leave),
        listen(window, ['pageshow'], enter),
        leave,
      )
    },
  }
}
