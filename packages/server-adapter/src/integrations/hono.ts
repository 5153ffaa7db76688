import type { FetchServer } from './fetch-server.js'

export { type FetchServer } from './fetch-server.js'

/** The fields of Hono's context that the mount uses. */
interface HonoContext {
  req: { raw: Request; arrayBuffer(): Promise<ArrayBuffer> }
}

/**
 * Mounts a task server on Hono, on any of its runtimes: `app.all('/api/jobs/*', toHono(server))`. If a middleware has read
 * the body, the server gets the bytes that Hono has cached.
 */
export function toHono(server: FetchServer): (context: HonoContext) => Promise<Response> {
  return async ({ req }) => {
    if (!req.raw.bodyUsed) return server.handler(req.raw)

    const { url, method, headers, signal } = req.raw
    // Hono has no cache if a middleware read the raw request; the server then answers that the body cannot be read.
    const body = await req.arrayBuffer().catch(() => null)
    return server.handler(body ? new Request(url, { method, headers, signal, body }) : req.raw)
  }
}
