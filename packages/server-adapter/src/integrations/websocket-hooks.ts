import type { Hooks, Peer } from 'crossws'
import type { TaskStream, TaskStreamSink } from '../runtime/watching/task-stream.js'

/** What a mount needs to carry events over something else than HTTP: a `TaskServer`. */
export interface EventsServer {
  openEvents(request: Request): Promise<TaskStream | Response>
}

/** Chosen where a browser offers it. It can send no headers with a WebSocket, but a token beside it: `[EVENTS_PROTOCOL, token]`. */
export const EVENTS_PROTOCOL = 'brandkit.events'

/** Readers have nothing to say: what they send is ignored, and more of it than this closes the socket. */
export const MOST_INCOMING_BYTES = 1_024

/** Before a connection closes as planned (RFC 6455, section 7.4.1). */
const NORMAL_CLOSURE = 1_000

/**
 * `action=events` as hooks of crossws, for any of its adapters (Node, Bun, Deno, Cloudflare …). Each message is one
 * `TaskStreamEvent` as JSON text. Beats are messages too, since a browser's page does not see ping frames. Give the adapter a
 * limit of incoming bytes: `MOST_INCOMING_BYTES`.
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
