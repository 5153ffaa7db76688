import { TaskError } from '@brandkit/core'
import { reasonOf, throwIfAborted } from './abort-signals.js'
import type { StreamTransport } from './stream-transport.js'
import { assertConfiguredUrl } from './to-request-url.js'
import { toStreamEvent } from './read-reply.js'

export interface WebSocketTransportOptions {
  /** The address at which the server upgrades, if that is not the service's own url. `http:`, `https:`, `ws:` or `wss:`. */
  url?: string | undefined
  /**
   * Asked for before every connection. A browser can send no headers with a WebSocket: where a cookie does not say who
   * asks, the token goes beside the protocol, `Sec-WebSocket-Protocol: brandkit.events, <token>`, and the server's
   * `authenticate` reads it there. Letters, digits and `!#$%&'*+-.^_|~` only, as a JWT has them.
   */
  token?: (() => string | Promise<string>) | undefined
  /** Default: the global one. */
  WebSocket?: typeof globalThis.WebSocket | undefined
}

/** What the server chooses where it is offered; a browser hangs up when none of its offers is chosen. */
const PROTOCOL = 'brandkit.events'

/**
 * The same events over a WebSocket, for networks that hold back streamed answers. Without a WebSocket
 * here, tasks are polled.
 *
 * @example createTaskService({ stream: createWebSocketTransport() })
 */
export function createWebSocketTransport(options: WebSocketTransportOptions = {}): StreamTransport {
  if (options.url !== undefined) assertConfiguredUrl(options.url, { schemes: /^(https?|wss?)$/ })
  return async ({ url, signal, onEvent, onAlive }) => {
    const token = await options.token?.()
    throwIfAborted(signal)
    const Socket = options.WebSocket ?? globalThis.WebSocket
    // "No events will come": the follower polls.
    if (!Socket) {
      onEvent({ event: 'end', data: {} })
      return
    }
    const socket = new Socket(toSocketUrl(options.url, url), token === undefined ? [] : [PROTOCOL, token])

    await new Promise<void>((resolve, reject) => {
      const fail = (error: unknown) => {
        socket.close()
        reject(error)
      }
      signal.addEventListener('abort', () => fail(reasonOf(signal)))
      socket.addEventListener('open', onAlive)
      socket.addEventListener('message', ({ data }) => {
        onAlive()
        try {
          const { event, data: news } = JSON.parse(String(data)) as { event: unknown; data: unknown }
          const known = toStreamEvent(event, news)
          if (known) onEvent(known)
        } catch (error) {
          fail(error)
        }
      })
      // An error says nothing in a browser, and a close always follows it.
      socket.addEventListener('close', ({ wasClean, code }) => {
        if (wasClean) return resolve()
        return reject(
          new TaskError('network_error', `The WebSocket was closed (${code}). It is opened again by itself.`),
        )
      })
    })
  }
}

function toSocketUrl(given: string | undefined, service: URL): URL {
  const url = new URL(given ?? service, service)
  if (given !== undefined) for (const [name, value] of service.searchParams) url.searchParams.set(name, value)
  url.protocol = url.protocol.replace('http', 'ws')
  return url
}
