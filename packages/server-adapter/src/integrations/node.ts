import { toNodeHandler } from 'srvx/node'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FetchServer } from './fetch-server.js'

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Mounts a task server on Node's own `http`: `http.createServer(toNode(server))`. Translates and does nothing else; which
 * paths reach it is the app's router's business.
 */
export function toNode(server: FetchServer): NodeHandler {
  // srvx types the request as HTTP/1 and HTTP/2 at once; it takes either.
  const handle = toNodeHandler((request) => server.handler(request)) as (
    ...pair: Parameters<NodeHandler>
  ) => Promise<void>

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await handle(request, response)
    } catch {
      // A handler that rejects has broken its promise, and a rejection that nobody takes would end the whole process.
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    }
  }
  return (request, response) => void serve(request, response)
}
