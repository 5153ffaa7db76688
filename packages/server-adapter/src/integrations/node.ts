import compression from 'compression'
import { constants } from 'node:zlib'
import type { FetchServer } from './fetch-server.js'
import { type NodeHandler, serveNode } from './serve-node.js'

export { type FetchServer } from './fetch-server.js'
export { type NodeHandler } from './serve-node.js'

/**
 * Mounts a task server on Node's own `http`: `http.createServer(toNode(server))`. Which paths reach it is the app's router's
 * business.
 *
 * Answers of 1 KB and more are compressed (Brotli or gzip, as the caller accepts); streams of events never are. Express and
 * Fastify leave that to the app, which may have a middleware for it.
 */
export function toNode(server: FetchServer): NodeHandler {
  const serve = serveNode(server)
  return (request, response) => {
    // It asks for Express's types, and uses what Node's own have.
    compress(request as never, response as never, () => serve(request, response))
  }
}

/** Smaller answers are sent as they are, in bytes: a packet holds them anyway. */
const SMALL = 1_024

/** The cheapest levels: a page of tasks repeats itself so much that the middle ones save 4 % of the bytes for three times the work. */
const compress = compression({
  threshold: SMALL,
  level: 1,
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  filter(request, response) {
    const { statusCode } = response
    if (request.method === 'HEAD' || statusCode === 304) {
      // They say what the 200 to GET says, but for what only packing it would tell (RFC 9110, sections 9.3.2 and 15.4.5).
      if (statusCode === 304 || compression.filter(request, response)) response.appendHeader('vary', 'Accept-Encoding')
      if (Number(response.getHeader('content-length')) >= SMALL) response.removeHeader('content-length')
      return false
    }
    // A stream has no length yet, and would be held back until there is enough to pack.
    return response.hasHeader('content-length') && compression.filter(request, response)
  },
})
