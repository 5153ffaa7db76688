import { TaskError } from '@brandkit/core'
import { reasonOf, throwIfAborted } from './abort-signals.js'
import type { StreamTransport } from './stream-transport.js'
import { assertConfiguredUrl } from './to-request-url.js'
import { toStreamEvent } from './read-reply.js'

export interface WebSocketTransportOptions {
  /** The address of the upgrade. Default: the service's own url. `http:`, `https:`, `ws:` or `wss:`. */
  url?: string | undefined
  /**
   * Called before every connection, for pages without a cookie: browsers send no headers with a WebSocket. The token
   * travels as a subprotocol, `Sec-WebSocket-Protocol: brandkit.events, <token>`, and the server's `authenticate` reads
   * it there. Only letters, digits and `!#$%&'*+-.^_|~`, as in a JWT.
   */
  token?: (() => string | Promise<string>) | undefined
  /** Default: the global one. */
  WebSocket?: typeof globalThis.WebSocket | undefined
}

/** The subprotocol that the server selects. Browsers close the connection if the server selects none of the offers. */
const PROTOCOL = 'brandkit.events'

/**
 * The same events over a WebSocket, for networks that hold back streamed answers. In environments without WebSockets,
 * tasks are polled.
 *
 * @example createTaskService({ stream: createWebSocketTransport() })
 */
export function createWebSocketTransport(options: WebSocketTransportOptions = {}): StreamTransport {
  if (options.url !== undefined) assertConfiguredUrl(options.url, { schemes: /^(https?|wss?)$/ })
  return async ({ url, signal, onEvent, onAlive }) => {
    const token = await options.token?.()
    throwIfAborted(signal)
    const Socket = options.WebSocket ?? globalThis.WebSocket
    // `end` means that no events will come, so the follower polls.
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
      // Browsers put no details into an error event, and a close event always follows.
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
