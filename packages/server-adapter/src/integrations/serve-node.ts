import { toNodeHandler } from 'srvx/node'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { directDoorOf } from '../http/direct-door.js'
import type { HttpAnswer } from '../http/http-exchange.js'
import type { FetchServer } from './fetch-server.js'
import { fromNode, sendAnswer } from './node-border.js'

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void

interface ServeNodeOptions {
  /** Called once for each response before anything is written; the answer is known on the direct path only. Default: nothing. */
  prepare?: (request: IncomingMessage, response: ServerResponse, answer?: HttpAnswer) => void
}

/**
 * Serves requests of Node's own `http` with a task server. Only translates.
 *
 * The direct path spares two thirds of a request's CPU: web streams, `Headers`, `Response` and signals that nobody reads. A
 * handler that an app has written or wrapped takes the web path of srvx.
 */
export function serveNode(server: FetchServer, { prepare = () => {} }: ServeNodeOptions = {}): NodeHandler {
  // srvx's type asks for an HTTP/1 and HTTP/2 request at once; its code takes either.
  const serveByWeb = toNodeHandler((request) => server.handler(request)) as (
    ...pair: Parameters<NodeHandler>
  ) => Promise<void>

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answerDirectly = directDoorOf(server)
    try {
      if (!answerDirectly) {
        prepare(request, response)
        return await serveByWeb(request, response)
      }
      const answer = await answerDirectly(fromNode(request, response))
      prepare(request, response, answer)
      await sendAnswer(response, answer)
    } catch {
      // A handler should never reject. If it does, an unhandled rejection would end the whole process.
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    }
  }
  return (request, response) => void serve(request, response)
}
