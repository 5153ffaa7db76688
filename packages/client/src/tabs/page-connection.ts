import { type ConnectionState, createConnectionState, type TaskConnection } from '../connection-state.js'
import { isOnline, listen, stopAll } from '../page-events.js'
import type { TaskFollower } from '../task-follower.js'
import type { TaskTabs } from './task-tabs.js'

export interface PageConnection extends ConnectionState {
  /** Begins to post and to receive. Returns the function that stops it. */
  start(): () => void
}

/** The follower of another tab takes a leader for dead that is silent for 37 s. */
const BEAT_MS = 15_000

/** How this page is connected: the leader by its follower, the others as the leader is; and offline is offline. */
export function createPageConnection({ follower, tabs }: { follower: TaskFollower; tabs: TaskTabs }): PageConnection {
  const connection = createConnectionState(follower.connection.get())
  /** What the leader last posted of its own connection. */
  let leaders: TaskConnection | undefined

  /** A tab that does not lead is only as well informed as the leader that it follows. */
  function sourceOf(own: TaskConnection): TaskConnection {
    const isBehindLeader = !tabs.isLeader() && own.state === 'live'
    return isBehindLeader && leaders ? leaders : own
  }

  function update(): void {
    const own = follower.connection.get()
    const source = sourceOf(own)
    const lastUpdatedAt = Math.max(source.lastUpdatedAt ?? 0, own.lastUpdatedAt ?? 0)
    connection.update({
      state: isOnline() ? source.state : 'offline',
      ...(lastUpdatedAt > 0 && { lastUpdatedAt }),
    })
  }

  function receive(connectionOfLeader?: TaskConnection): void {
    leaders = connectionOfLeader
    update()
  }

  function beat(): void {
    if (tabs.isLeader()) tabs.post({ kind: 'beat', connection: connection.get() })
  }

  return {
    get: connection.get,
    subscribe: connection.subscribe,
    start: () => {
      const timer = setInterval(beat, BEAT_MS)
      const stop = stopAll(
        connection.subscribe(beat),
        follower.connection.subscribe(update),
        tabs.subscribe(() => receive()),
        tabs.onMessage((message) => {
          if (message.kind === 'beat') receive(message.connection)
          if (message.kind === 'join') beat()
        }),
        listen(window, ['online', 'offline'], update),
        () => clearInterval(timer),
      )
      update()
      return stop
    },
  }
}
