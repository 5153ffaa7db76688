import { toNodeHandler } from 'srvx/node'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Anything with a fetch-style handler: a `TaskServer`. */
export interface FetchServer {
  handler(request: Request): Promise<Response>
}

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Mounts a task server on Node's own `http` (and on Express or Connect): `http.createServer(toNode(server))`.
 * Translates and does nothing else; which paths reach it is the app's router's business.
 */
export function toNode(server: FetchServer): NodeHandler {
  // srvx types the request as HTTP/1 and HTTP/2 at once; it takes either.
  return toNodeHandler((request) => server.handler(request)) as NodeHandler
}
