import type { IncomingMessage } from 'node:http'
import type { FetchServer } from './fetch-server.js'
import { type NodeHandler, serveNode } from './serve-node.js'

export { type FetchServer } from './fetch-server.js'
export { type NodeHandler } from './serve-node.js'

/** The fields that Express and body parsers add to Node's request. */
interface ExpressRequest extends IncomingMessage {
  originalUrl?: string
  body?: unknown
  /** The original bytes, if the app keeps them: `express.json({ verify: (request, _, bytes) => { request.rawBody = bytes } })`. */
  rawBody?: Buffer | undefined
}

/**
 * Mounts a task server on Express: `app.use('/api/jobs', toExpress(server))`, before `express.json()` if possible.
 *
 * After a body parser, the mount uses what the parser left: `rawBody`, the unparsed text or bytes, or the parsed body
 * written as JSON again. A push queue signs the original bytes, so rewritten JSON passes only if it has the same bytes.
 */
export function toExpress(server: FetchServer): NodeHandler {
  const handle = serveNode(server)

  return (request: ExpressRequest, response) => {
    // A router removes the path that it matched; the server needs the URL of the caller.
    request.url = request.originalUrl ?? request.url
    // Express 4 sets `body` on every request. The body is a parser's only if something has read the request.
    if (request.readableDidRead && request.body !== undefined) {
      request.rawBody ??= toBytes(request.body)
      // Body parsers decompress the body but keep the header.
      dropHeader(request, 'content-encoding')
    }
    handle(request, response)
  }
}

/** Removes a header from both lists, because srvx may read either. */
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
    // The body is nested too deeply for JSON; the server answers that it is unreadable.
    return undefined
  }
}
