import type { Hooks, Peer } from 'crossws'
import type { TaskStream, TaskStreamSink } from '../runtime/watching/task-stream.js'

/** The part of a `TaskServer` that a mount needs to send events over another protocol than HTTP. */
export interface EventsServer {
  openEvents(request: Request): Promise<TaskStream | Response>
}

/**
 * The WebSocket subprotocol that is chosen when a browser offers it. Browsers cannot add headers to a WebSocket, but can
 * send a token as a second subprotocol: `[EVENTS_PROTOCOL, token]`.
 */
export const EVENTS_PROTOCOL = 'brandkit.events'

/** The largest incoming message, in bytes; a larger one closes the socket. Messages of readers are ignored. */
export const MOST_INCOMING_BYTES = 1_024

/** The close code of a planned end (RFC 6455, section 7.4.1). */
const NORMAL_CLOSURE = 1_000

/**
 * Makes hooks of crossws that serve `action=events`, for any adapter (Node, Bun, Deno, Cloudflare …). Each message is one
 * `TaskStreamEvent` as JSON text. Beats are messages too, because pages do not see ping frames. Set the adapter's limit for
 * incoming bytes to `MOST_INCOMING_BYTES`.
 */
export function toWebSocketHooks(server: EventsServer): Partial<Hooks> {
  return {
    async upgrade(request) {
      const opened = await server.openEvents(request)
      if (!('attach' in opened)) return opened
      return { context: { taskStream: opened }, ...(offersProtocol(request) && { protocol: EVENTS_PROTOCOL }) }
    },
    open: (peer) => streamOf(peer)?.attach(toSink(peer)),
    drain: (peer) => streamOf(peer)?.drain(),
    close: (peer) => streamOf(peer)?.close(),
    error: (peer) => streamOf(peer)?.close(),
  }
}

function offersProtocol(request: Request): boolean {
  const offered = request.headers.get('sec-websocket-protocol') ?? ''
  return offered.split(',').some((name) => name.trim() === EVENTS_PROTOCOL)
}

function streamOf({ context }: Peer): TaskStream | undefined {
  return context['taskStream'] as TaskStream | undefined
}

function toSink(peer: Peer): TaskStreamSink {
  return {
    send: (event, data) => void peer.send(`{"event":"${event}","data":${data}}`),
    backlog: () => peer.bufferedAmount,
    close(how) {
      if (how === 'finished') peer.close(NORMAL_CLOSURE)
      else peer.terminate()
    },
  }
}
