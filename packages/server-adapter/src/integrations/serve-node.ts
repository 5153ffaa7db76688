import { toNodeHandler } from 'srvx/node'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FetchServer } from './fetch-server.js'

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void

/** Hands requests of Node's own `http` to a task server, and its answers back. Translates and does nothing else. */
export function serveNode(server: FetchServer): NodeHandler {
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
