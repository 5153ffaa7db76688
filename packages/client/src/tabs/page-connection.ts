import { type ConnectionState, createConnectionState, type TaskConnection } from '../connection-state.js'
import { isOnline, listen, stopAll } from '../page-events.js'
import type { TaskFollower } from '../task-follower.js'
import type { TaskTabs } from './task-tabs.js'

export interface PageConnection extends ConnectionState {
  /** Starts to post and to receive. Returns the function that stops it. */
  start(): () => void
}

/** The followers of other tabs treat a leader as dead after 37 s of silence. */
const BEAT_MS = 15_000

/**
 * The connection of this page: a leader uses its follower's state, other tabs use the leader's. Offline is always
 * offline.
 */
export function createPageConnection({ follower, tabs }: { follower: TaskFollower; tabs: TaskTabs }): PageConnection {
  const connection = createConnectionState(follower.connection.get())
  /** The connection that the leader last posted. */
  let leaders: TaskConnection | undefined

  /** A tab that does not lead is only as up to date as its leader. */
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
