import compression from 'compression'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants } from 'node:zlib'
import type { HttpAnswer } from '../http/http-exchange.js'
import type { FetchServer } from './fetch-server.js'
import { type NodeHandler, serveNode } from './serve-node.js'

export { type FetchServer } from './fetch-server.js'
export { type NodeHandler } from './serve-node.js'

/**
 * Mounts a task server on Node's own `http`: `http.createServer(toNode(server))`. The app's router decides which paths reach
 * the server.
 *
 * Compresses answers of 1 KiB and more (Brotli or gzip, as the caller accepts), but no event streams. The mounts for
 * Express and Fastify leave compression to the app, which may have a middleware for it.
 */
export function toNode(server: FetchServer): NodeHandler {
  return serveNode(server, { prepare: pack })
}

function pack(request: IncomingMessage, response: ServerResponse, answer?: HttpAnswer): void {
  if (typeof answer?.body === 'string' && Number(answer.headers['content-length']) < SMALL) {
    // `compression` would replace four methods of the response to add this header.
    const before = answer.headers['vary'] ?? response.getHeader('vary')
    answer.headers['vary'] = before === undefined ? 'Accept-Encoding' : [before, 'Accept-Encoding'].flat().join(', ')
    return
  }
  // `compression` asks for Express's types, but uses only fields of Node's own. It calls the function before it returns.
  compress(request as never, response as never, () => {})
}

/** The size from which answers are compressed, in bytes. A smaller answer fits into one packet anyway. */
const SMALL = 1_024

/** Uses the cheapest levels, because tasks are repetitive: middle levels save only 4 % more for three times the work. */
const compress = compression({
  threshold: SMALL,
  level: 1,
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  filter(request, response) {
    const { statusCode } = response
    if (request.method === 'HEAD' || statusCode === 304) {
      // HEAD and 304 carry the headers of the 200 to GET, except a length that only compression would tell
      // (RFC 9110, sections 9.3.2 and 15.4.5).
      if (statusCode === 304 || compression.filter(request, response)) response.appendHeader('vary', 'Accept-Encoding')
      if (Number(response.getHeader('content-length')) >= SMALL) response.removeHeader('content-length')
      return false
    }
    // An event stream has no length. Compression would delay its events until a buffer is full.
    return response.hasHeader('content-length') && compression.filter(request, response)
  },
})
