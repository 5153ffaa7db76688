import type { FetchServer } from './fetch-server.js'

export { type FetchServer } from './fetch-server.js'

type RouteHandler = (request: Request) => Promise<Response>

/**
 * Mounts a task server as a route of Next's App Router. In `app/api/jobs/route.ts`:
 *
 * ```ts
 * export const { GET, POST, OPTIONS } = toNext(server)
 * ```
 *
 * `OPTIONS` is for the `allowedOrigins` of the server: without it Next answers their preflights itself and refuses them.
 *
 * The route needs the Node.js runtime, which is Next's default. `dynamic` is unnecessary: the handlers read the request, so
 * Next neither caches them nor runs them at build time.
 */
export function toNext(server: FetchServer): Record<'GET' | 'POST' | 'OPTIONS', RouteHandler> {
  const handle: RouteHandler = (request) => server.handler(request)
  return { GET: handle, POST: handle, OPTIONS: handle }
}
