import { createListeners, type Listeners } from './create-listeners.js'

/** How the page is connected to the server. */
export interface TaskConnection {
  /**
   * `live`: by the event stream. `polling`: by polling. `offline`: the last read got no answer from a task server.
   * `auth-required`: the server refuses the credentials, so requests stop.
   */
  readonly state: 'live' | 'polling' | 'offline' | 'auth-required'
  /** When the server last sent something, in milliseconds since the epoch. */
  readonly lastUpdatedAt?: number
}

/** The connection of the page, with subscribers. */
export interface ConnectionState extends Pick<Listeners, 'subscribe'> {
  /** Returns the same object until something changes. */
  readonly get: () => TaskConnection
}

/** The state that the follower and the page update; `update` compares and notifies. */
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
