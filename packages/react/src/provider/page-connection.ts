import type { TaskConnection, TaskFollower } from '@brandkit/client'
import { createListeners, type Listeners } from './create-listeners.js'
import { isOnline } from './is-online.js'
import { listen } from './listen.js'
import { stopAll } from './stop-all.js'
import type { TabChannel } from './tab-channel.js'
import type { TabLeadership } from './tab-leadership.js'

export interface PageConnection {
  /** The same object until something has changed. */
  readonly get: () => TaskConnection
  readonly subscribe: Listeners<void>['subscribe']
  /** Begins to tell and to hear. Returns the function that stops it. */
  start(): () => void
}

/** The follower of another tab takes a leader for dead that is silent for 37 s. */
const BEAT_MS = 15_000

/** How this page hears of its tasks: the leader by its follower, the others as the leader does; and offline is offline. */
export function createPageConnection(options: {
  follower: TaskFollower
  leadership: TabLeadership
  channel: TabChannel
}): PageConnection {
  const { follower, leadership, channel } = options
  const { tell, subscribe } = createListeners()
  let told: TaskConnection | undefined
  let current: TaskConnection = follower.connection.get()

  function update(): void {
    const own = follower.connection.get()
    const heard = (!leadership.isLeader() && own.state === 'live' && told) || own
    const state = isOnline() ? heard.state : 'offline'
    const lastUpdatedAt = Math.max(heard.lastUpdatedAt ?? 0, own.lastUpdatedAt ?? 0)
    if (state === current.state && lastUpdatedAt === (current.lastUpdatedAt ?? 0)) return
    current = { state, ...(lastUpdatedAt > 0 && { lastUpdatedAt }) }
    beat()
    tell()
  }

  function beat(): void {
    if (leadership.isLeader()) channel.post({ kind: 'beat', connection: current })
  }

  return {
    get: () => current,
    subscribe,
    start: () => {
      const timer = setInterval(beat, BEAT_MS)
      const hear = (connection?: TaskConnection) => {
        told = connection
        update()
      }
      update()
      return stopAll(
        follower.connection.subscribe(update),
        leadership.subscribe(() => hear()),
        channel.subscribe((message) => {
          if (message.kind === 'beat') hear(message.connection)
          if (message.kind === 'join') beat()
        }),
        listen(window, ['online', 'offline'], update),
        () => clearInterval(timer),
      )
    },
  }
}
