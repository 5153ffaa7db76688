import type { IncomingMessage } from 'node:http'
import type { FetchServer } from './fetch-server.js'
import { type NodeHandler, serveNode } from './serve-node.js'

export { type FetchServer } from './fetch-server.js'
export { type NodeHandler } from './serve-node.js'

/** What Express, and body parsers, add to a request of Node's. */
interface ExpressRequest extends IncomingMessage {
  originalUrl?: string
  body?: unknown
  /** The bytes as they came, where an app keeps them: `express.json({ verify: (request, _, bytes) => { request.rawBody = bytes } })`. */
  rawBody?: Buffer | undefined
}

/**
 * Mounts a task server on Express: `app.use('/api/jobs', toExpress(server))`, before `express.json()` if it can be.
 *
 * Behind a body parser it gets along with what the parser has left: `rawBody`, text or bytes as they came, and a parsed body
 * written as JSON anew. The signature of a push queue covers the bytes, so the last only passes while they come out the same.
 */
export function toExpress(server: FetchServer): NodeHandler {
  const handle = serveNode(server)

  return (request: ExpressRequest, response) => {
    // A router cuts off the path that it has matched; the server sees the address that the caller has asked for.
    request.url = request.originalUrl ?? request.url
    // Express 4 has a `body` before anybody has read one: only a parser that has begun to read has left something there.
    if (request.readableDidRead && request.body !== undefined) {
      request.rawBody ??= toBytes(request.body)
      // Body parsers unpack what was compressed, and leave the header.
      dropHeader(request, 'content-encoding')
    }
    handle(request, response)
  }
}

/** In both forms, since srvx reads either. */
function dropHeader({ headers, rawHeaders }: IncomingMessage, name: string): void {
  delete headers[name]
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === name) rawHeaders.splice(at, 2)
  }
}

function toBytes(body: unknown): Buffer | undefined {
  if (Buffer.isBuffer(body)) return body
  try {
    return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  } catch {
    // Nested so deep that it cannot be written: it counts as unreadable, which the server answers with a problem document.
    return undefined
  }
}
