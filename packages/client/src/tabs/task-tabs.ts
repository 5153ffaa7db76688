import { createListeners, type Listeners } from '../create-listeners.js'
import { isPageHidden, listen, stopAll } from '../page-events.js'
import { createTabChannel, type TabChannel } from './tab-channel.js'

/** The tabs of one user: one of them leads and keeps the connection to the server, and they tell each other what they receive. */
export interface TaskTabs {
  /** Whether this tab leads. It is always true when tabs cannot agree, since each then works alone. */
  readonly isLeader: () => boolean
  /** Whether this browser lets tabs agree at all. Plain http on a LAN does not. */
  isShared(): boolean
  /** Calls back when this tab has begun to lead, or has ceased to. */
  readonly subscribe: Listeners['subscribe']
  /** Tells the other tabs. */
  readonly post: TabChannel['post']
  /** Calls back with what another tab posts. Returns the function that stops it. */
  readonly onMessage: TabChannel['subscribe']
  /** Begins to compete. Returns the function that ends it and lets another tab lead. */
  start(): () => void
}

/**
 * The leader holds a Web Lock, so that the browser itself passes it on when a tab is closed or crashes. Visible tabs
 * compete; a hidden leader yields when a visible tab asks, and leads on while none does.
 *
 * @param options.url tabs with the same one share one connection. Default: the user alone tells them apart.
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
      // This tab gave up in the very moment when the lock was granted.
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
    // The tabs that wait asked while this one could be seen, so it did not yield then.
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
        // A tab that kept its lock could not rest in the back/forward cache, and no other tab could lead meanwhile.
        listen(window, ['pagehide'], leave),
        listen(window, ['pageshow'], enter),
        leave,
      )
    },
  }
}
