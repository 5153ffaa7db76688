import type { TaskStreamEvent } from '@brandkit/core'

/** What one connection to the event stream is given. */
export interface StreamConnection {
  /** The absolute `http:` or `https:` address, with `action=events`. */
  readonly url: URL
  /** Aborted when the connection is not wanted any more. */
  readonly signal: AbortSignal
  /**
   * Sends the GET with the service's headers and credentials. A 401 is renewed once in here. Resolves with a 2xx answer
   * whose body has not been read; rejects with a TaskError.
   */
  readonly request: () => Promise<Response>
  readonly onEvent: (event: TaskStreamEvent) => void
  /** To be called for every sign of life, be it only a byte: a connection without any is given up. */
  readonly onAlive: () => void
  /** How long the server asks to wait before connecting again, in milliseconds. */
  readonly onRetry: (ms: number) => void
}

/**
 * Carries the events of one connection over a wire of its own. Resolves when the other side closed it, rejects when it broke,
 * and lets go of everything when the signal is aborted. Knows nothing of reconnecting.
 */
export type StreamTransport = (connection: StreamConnection) => Promise<void>
