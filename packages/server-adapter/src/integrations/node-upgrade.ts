import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { NodeRequest } from 'srvx/node'
import { importPeer } from '../import-peer.js'
import { type EventsServer, MOST_INCOMING_BYTES, toWebSocketHooks } from './websocket-hooks.js'

/** `closeTimeout`, in milliseconds: cuts off a peer that ignores the closing handshake, so that a shutdown need not wait. */
const SOCKETS = { maxPayload: MOST_INCOMING_BYTES, closeTimeout: 2_000 }

/**
 * Serves `action=events` as a WebSocket on Node's own `http`, and so on Express and Fastify too:
 * `http.on('upgrade', await toNodeUpgrade(server))`. The app decides which paths reach the handler.
 *
 * @throws Error when the package crossws is not installed
 */
export async function toNodeUpgrade(
  server: EventsServer,
): Promise<(request: IncomingMessage, socket: Duplex, head: Buffer) => void> {
  const { default: nodeAdapter } = await importPeer('crossws', {
    neededBy: 'toNodeUpgrade()',
    load: () => import('crossws/adapters/node'),
  })
  const adapter = nodeAdapter({ hooks: toWebSocketHooks(server), serverOptions: SOCKETS })

  return (request, socket, head) => {
    // Until the upgrade, the socket has no other listener, and an unhandled error event would end the process.
    socket.on('error', () => socket.destroy())
    adapter.handleUpgrade(request, socket, head, new NodeRequest({ req: request })).catch(() => socket.destroy())
  }
}
