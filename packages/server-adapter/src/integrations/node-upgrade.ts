import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { NodeRequest } from 'srvx/node'
import { importPeer } from '../import-peer.js'
import { type EventsServer, MOST_INCOMING_BYTES, toWebSocketHooks } from './websocket-hooks.js'

/** `closeTimeout`, in milliseconds: a peer that does not answer the closing is cut off, so that no shutdown waits for it. */
const SOCKETS = { maxPayload: MOST_INCOMING_BYTES, closeTimeout: 2_000 }

/**
 * Serves `action=events` as a WebSocket on Node's own `http`, and on Express and Fastify, which stand on it:
 * `http.on('upgrade', await toNodeUpgrade(server))`. Which paths reach it is for the app to say.
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
    // While the request is looked at, only this listens, and an unheard error would end the process.
    socket.on('error', () => socket.destroy())
    adapter.handleUpgrade(request, socket, head, new NodeRequest({ req: request })).catch(() => socket.destroy())
  }
}
