import type { FetchServer } from './fetch-server.js'

export { type FetchServer } from './fetch-server.js'

/** What is needed of Hono's context. */
interface HonoContext {
  req: { raw: Request; arrayBuffer(): Promise<ArrayBuffer> }
}

/**
 * Mounts a task server on Hono, on whatever it runs: `app.all('/api/jobs/*', toHono(server))`. Behind a middleware that has read
 * the body it gets the bytes that Hono has kept.
 */
export function toHono(server: FetchServer): (context: HonoContext) => Promise<Response> {
  return async ({ req }) => {
    if (!req.raw.bodyUsed) return server.handler(req.raw)

    const { url, method, headers, signal } = req.raw
    // Middleware that has read the raw request, past Hono, has left nothing: the server then says that the body cannot be read.
    const body = await req.arrayBuffer().catch(() => null)
    return server.handler(body ? new Request(url, { method, headers, signal, body }) : req.raw)
  }
}
