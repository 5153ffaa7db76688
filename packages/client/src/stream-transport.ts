import type { TaskStreamEvent } from '@brandkit/core'

/** The input of a transport for one connection to the event stream. */
export interface StreamConnection {
  /** The absolute `http:` or `https:` address, with `action=events`. */
  readonly url: URL
  /** Aborted when the connection is no longer wanted. */
  readonly signal: AbortSignal
  /**
   * Sends the GET with the service's headers and credentials, and renews a 401 once. Resolves with a 2xx answer whose
   * body is still unread; rejects with a TaskError.
   */
  readonly request: () => Promise<Response>
  readonly onEvent: (event: TaskStreamEvent) => void
  /** Call it for every sign of life, even a single byte: a silent connection is closed. */
  readonly onAlive: () => void
  /** How long the server asks to wait before connecting again, in milliseconds. */
  readonly onRetry: (ms: number) => void
}

/**
 * Carries the events of one connection over its own protocol. Resolves when the server closed the connection, rejects
 * when it broke, and releases everything when the signal aborts. Reconnecting is the caller's job.
 */
export type StreamTransport = (connection: StreamConnection) => Promise<void>
