import { type ConnectionState, createConnectionState, type TaskConnection } from '../connection-state.js'
import { isOnline, listen, stopAll } from '../page-events.js'
import type { TaskFollower } from '../task-follower.js'
import type { TaskTabs } from './task-tabs.js'

export interface PageConnection extends ConnectionState {
  /** Begins to tell and to hear. Returns the function that stops it. */
  start(): () => void
}

/** The follower of another tab takes a leader for dead that is silent for 37 s. */
const BEAT_MS = 15_000

/** How this page hears of its tasks: the leader by its follower, the others as the leader does; and offline is offline. */
export function createPageConnection({ follower, tabs }: { follower: TaskFollower; tabs: TaskTabs }): PageConnection {
  const connection = createConnectionState(follower.connection.get())
  /** What the leader last told of its own connection. */
  let told: TaskConnection | undefined

  /** A tab that does not lead is only as well informed as the leader that it hears. */
  function heardFrom(own: TaskConnection): TaskConnection {
    const isHearingLeader = !tabs.isLeader() && own.state === 'live'
    return isHearingLeader && told ? told : own
  }

  function update(): void {
    const own = follower.connection.get()
    const heard = heardFrom(own)
    const lastUpdatedAt = Math.max(heard.lastUpdatedAt ?? 0, own.lastUpdatedAt ?? 0)
    connection.update({
      state: isOnline() ? heard.state : 'offline',
      ...(lastUpdatedAt > 0 && { lastUpdatedAt }),
    })
  }

  function hear(connectionOfLeader?: TaskConnection): void {
    told = connectionOfLeader
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
        tabs.subscribe(() => hear()),
        tabs.hear((message) => {
          if (message.kind === 'beat') hear(message.connection)
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
