import { DEFAULT_URL, isTaskError, TaskError, type TaskStreamEvent } from '@brandkit/core'
import { joinSignals, throwIfAborted, untilAborted } from './abort-signals.js'
import type { Exchange } from './exchange.js'
import type { Authorization } from './authorization.js'
import type { StreamTransport } from './stream-transport.js'
import { toRequestUrl } from './to-request-url.js'

export interface WatchOptions {
  /** Watches only the tasks of this batch. Default: all tasks of the caller. */
  batchId?: string | undefined
  signal: AbortSignal
  /** Called with every event but `unauthenticated`: credentials are renewed, or the promise rejects. */
  onEvent: (event: TaskStreamEvent) => void
  /** Called for every byte, even if it is only a beat. */
  onAlive?: (() => void) | undefined
  /** How long the server asks to wait before connecting again, in milliseconds. */
  onRetry?: ((ms: number) => void) | undefined
}

/**
 * Opens one connection to the event stream. Resolves when it has ended and another may be opened. Rejects with a
 * TaskError, `unauthenticated` if the renewal failed, or with the reason of the aborted signal.
 */
export type WatchTasks = (options: WatchOptions) => Promise<void>

interface WatchParts {
  url: string | undefined
  exchange: Exchange
  authorization: Authorization | undefined
  transport: StreamTransport
}

export function createWatchTasks({ url = DEFAULT_URL, exchange, authorization, transport }: WatchParts): WatchTasks {
  /** Whether renewed credentials still have to prove that they work. */
  let isOnTrial = false

  return async ({ batchId, signal, onEvent, onAlive, onRetry }) => {
    throwIfAborted(signal)
    const renew = authorization?.prepare()
    const own = new AbortController()
    const joint = joinSignals(signal, own.signal)
    let isRefused = false

    try {
      await transport({
        url: toRequestUrl(url, 'events', { batchId }),
        signal: joint,
        async request() {
          const headers = { accept: 'text/event-stream' }
          return (await exchange({ action: 'events', query: { batchId }, headers, signal: joint })).response
        },
        onEvent(event) {
          // Ignores the rest of an aborted connection's buffer.
          if (joint.aborted) return
          if (event.event === 'snapshot') isOnTrial = false
          if (event.event === 'unauthenticated') isRefused = true
          else onEvent(event)
          // The server closes the connection after these events, but its close may not reach us.
          if (isRefused || event.event === 'reconnect' || event.event === 'end') own.abort()
        },
        onAlive: () => onAlive?.(),
        onRetry: (ms) => onRetry?.(ms),
      })
    } catch (error) {
      throwIfAborted(signal)
      if (!own.signal.aborted) throw toStreamError(error)
    }
    if (!isRefused) return
    if (!isOnTrial && renew && (await untilAborted(renew(), signal))) {
      isOnTrial = true
      return
    }
    isOnTrial = false
    throw new TaskError('unauthenticated', 'You are signed out. Sign in again to see what happens.')
  }
}

function toStreamError(cause: unknown): TaskError {
  if (isTaskError(cause)) return cause
  // A SyntaxError of JSON.parse or a TypeError of our own checks. undici and browsers also throw a TypeError for a
  // broken connection. The difference is unimportant, because both cases are tried again.
  return new TaskError('network_error', 'The event stream broke off. It is opened again by itself.', { cause })
}
