import { createListeners, type Listeners } from './create-listeners.js'

/** How the page is connected to the server. */
export interface TaskConnection {
  /**
   * `live`: by the event stream. `polling`: by reads. `offline`: the last read got no answer of a task server.
   * `auth-required`: the credentials are not accepted, so nothing is asked.
   */
  readonly state: 'live' | 'polling' | 'offline' | 'auth-required'
  /** When the server last sent something, in milliseconds since the epoch. */
  readonly lastUpdatedAt?: number
}

/** The connection as something to be subscribed to. */
export interface ConnectionState extends Pick<Listeners, 'subscribe'> {
  /** The same object until something has changed. */
  readonly get: () => TaskConnection
}

/** What the follower and the page tell; `update` compares and calls back. */
export function createConnectionState(
  first: TaskConnection = { state: 'polling' },
): ConnectionState & { update(next: TaskConnection): void } {
  const { tell, subscribe } = createListeners()
  let current = first
  return {
    get: () => current,
    subscribe,
    update(next) {
      if (next.state === current.state && next.lastUpdatedAt === current.lastUpdatedAt) return
      current = next
      tell()
    },
  }
}
