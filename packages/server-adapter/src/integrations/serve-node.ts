import { toNodeHandler } from 'srvx/node'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FetchServer } from './fetch-server.js'

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void

/** Serves requests of Node's own `http` with a task server. Only translates. */
export function serveNode(server: FetchServer): NodeHandler {
  // srvx's type asks for an HTTP/1 and HTTP/2 request at once; its code takes either.
  const handle = toNodeHandler((request) => server.handler(request)) as (
    ...pair: Parameters<NodeHandler>
  ) => Promise<void>

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await handle(request, response)
    } catch {
      // A handler should never reject. If it does, an unhandled rejection would end the whole process.
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    }
  }
  return (request, response) => void serve(request, response)
}
