import type { TaskFollower } from '@brandkit/client'
import { onPageRest } from './on-page-rest.js'
import { onPageWake } from './on-page-wake.js'
import type { TabLeadership } from './tab-leadership.js'

/** How long a hidden leader may be without its stream, which servers end now and then, before it gives it up. */
const RECONNECT_MS = 60_000

/**
 * Lets the follower rest while nobody looks or nothing can be asked, and wakes it afterwards. A leader that is hidden keeps
 * a stream that is live, and never polls. Returns the function that stops it.
 */
export function startFollowing({
  follower,
  leadership,
}: {
  follower: TaskFollower
  leadership: TabLeadership
}): () => void {
  let isResting = false
  let lost: ReturnType<typeof setTimeout> | undefined

  const isLive = () => follower.connection.get().state === 'live'

  function rest(): void {
    clearTimeout(lost)
    lost = undefined
    if (isResting) return
    isResting = true
    follower.pause()
  }

  function wake(): void {
    if (isHidden() || !navigator.onLine) return
    clearTimeout(lost)
    lost = undefined
    isResting = false
    follower.wake()
  }

  function mayKeepStream(): boolean {
    return navigator.onLine && leadership.isShared() && leadership.isLeader()
  }

  function whenConnectionChanges(): void {
    if (isResting || !isHidden()) return
    if (!mayKeepStream()) rest()
    else if (isLive()) {
      clearTimeout(lost)
      lost = undefined
    } else lost ??= setTimeout(rest, RECONNECT_MS)
  }

  const stops = [
    onPageWake(wake),
    onPageRest(() => {
      if (!mayKeepStream() || !isLive()) rest()
    }),
    follower.connection.subscribe(whenConnectionChanges),
    leadership.subscribe(() => {
      if (isHidden()) whenConnectionChanges()
      else if (leadership.isLeader()) wake()
    }),
  ]
  // An earlier start (StrictMode) has left it resting.
  if (isHidden() || !navigator.onLine) rest()
  else follower.wake()
  return () => {
    for (const stop of stops) stop()
    rest()
  }
}

function isHidden(): boolean {
  return document.visibilityState === 'hidden'
}
