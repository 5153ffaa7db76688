import { isOnline, isPageHidden, onPageRest, onPageWake, stopAll, type TaskTabs } from '@brandkit/client/page'
import type { TaskFollower } from '@brandkit/client'

/** How long a hidden leader waits for its stream to reconnect before it rests. Servers end streams now and then. */
const RECONNECT_MS = 60_000

/**
 * Lets the follower rest while the page is hidden or offline, and wakes it afterwards. A hidden leader keeps a live
 * stream, but never polls. Returns the function that stops it.
 */
export function startFollowing({ follower, tabs }: { follower: TaskFollower; tabs: TaskTabs }): () => void {
  let isResting = false
  let lost: ReturnType<typeof setTimeout> | undefined

  const isLive = () => follower.connection.get().state === 'live'

  function forgetLoss(): void {
    clearTimeout(lost)
    lost = undefined
  }

  function rest(): void {
    forgetLoss()
    if (isResting) return
    isResting = true
    follower.pause()
  }

  function wake(): void {
    if (isPageHidden() || !isOnline()) return
    forgetLoss()
    isResting = false
    follower.wake()
  }

  function mayKeepStream(): boolean {
    return isOnline() && tabs.isShared() && tabs.isLeader()
  }

  function whenConnectionChanges(): void {
    if (isResting || !isPageHidden()) return
    if (!mayKeepStream()) rest()
    else if (isLive()) forgetLoss()
    else lost ??= setTimeout(rest, RECONNECT_MS)
  }

  // An earlier start (StrictMode) may have left the follower resting.
  if (isPageHidden() || !isOnline()) rest()
  else follower.wake()
  return stopAll(
    onPageWake(wake),
    onPageRest(() => {
      if (!mayKeepStream() || !isLive()) rest()
    }),
    follower.connection.subscribe(whenConnectionChanges),
    tabs.subscribe(() => {
      if (isPageHidden()) whenConnectionChanges()
      else if (tabs.isLeader()) wake()
    }),
    rest,
  )
}
