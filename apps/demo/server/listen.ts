import {
  createTraceId,
  DEFAULT_URL,
  describeError,
  fromTraceparent,
  type GetHealthResponse,
  isTaskError,
  PROBLEM_MEDIA_TYPE,
  TaskError,
  type TaskLogger,
  toProblemDetails,
} from '@brandkit/core'
import type { TaskServer } from '@brandkit/server-adapter'
import { toNodeUpgrade } from '@brandkit/server-adapter/websocket'
import { createServer, type RequestListener, type Server } from 'node:http'
import { StartError } from './start-error.ts'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { staticMiddleware } from 'srvx/static'
import { handleOwnData, handleWishes, type WishServices } from './notices.ts'
import { handleSession, type Sessions } from './session.ts'
import { handleTrace, type TraceServices } from './trace.ts'

/** Only this machine, because the demo has no passwords. */
export const DEFAULT_HOST = '127.0.0.1'

/** Starts an HTTP server. @throws StartError when the port cannot be opened */
export async function listen(
  listener: RequestListener,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartError(explain(error, port, host), { cause: error })),
    )
    server.listen(port, host, resolve)
  })
  return server
}

function explain({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use; stop what listens there or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} needs more rights than this process has; set PORT to one above 1023.`
  return `The server cannot listen on ${host}:${port} (${code ?? message}); set HOST and PORT to an address of this machine.`
}

/** The address for people; with port 0 only the server knows the port. */
export function addressOf(server: Server, host: string): string {
  return `http://${[DEFAULT_HOST, '0.0.0.0', '::'].includes(host) ? 'localhost' : host}:${portOf(server)}`
}

/** The port that the server really uses, for port 0. */
export function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/** Also serves task events as a WebSocket at the task address; other upgrades get 404. */
export async function acceptUpgrades(http: Server, tasks: Pick<TaskServer, 'openEvents'>): Promise<void> {
  const upgrade = await toNodeUpgrade(tasks)
  http.on('upgrade', (request, socket, head) => {
    if (URL.parse(request.url ?? '', 'http://localhost')?.pathname === DEFAULT_URL) {
      upgrade(request, socket, head)
      return
    }
    // Without a listener, an error of the closing connection would end the process.
    socket.on('error', () => socket.destroy())
    socket.end(NOT_FOUND)
  })
}

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * Serves a built web app. Names that look like a page (without a dot) get index.html, because the app routes by itself.
 *
 * @throws StartError when the folder holds no app
 */
export function createStaticFiles(folder: string): (request: Request) => Promise<Response> {
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new StartError(
      'The web app has not been built; run `npm start` in the repository, or `pnpm run build` first.',
    )
  }
  // `toNode` compresses the answer.
  const files = staticMiddleware({ dir: folder, compress: false })
  const serve = async (request: Request, otherwise: () => Response | Promise<Response>) => files(request, otherwise)

  return async (request) => {
    const { pathname, origin } = new URL(request.url)
    const isAsset = pathname.startsWith('/assets/')
    const isPage = !isAsset && !path.posix.basename(pathname).includes('.')
    const response = await serve(request, () => {
      if (!['GET', 'HEAD'].includes(request.method))
        return new Response('Only GET and HEAD.\n', { status: 405, headers: { allow: 'GET, HEAD' } })
      return isPage ? serve(new Request(origin, request), notFound) : notFound()
    })
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
    // Vite puts a hash of the content into every name under assets/.
    const isForGood = isAsset && response.status < 400
    response.headers.set('cache-control', isForGood ? 'public, max-age=31536000, immutable' : 'no-cache')
    return response
  }
}

function notFound(): Response {
  return new Response('Not found.\n', { status: 404 })
}

export interface Routes {
  tasks: Pick<TaskServer, 'handler' | 'health' | 'exportUser' | 'eraseUser'>
  sessions: Sessions
  trace: TraceServices
  notices: WishServices
  files: (request: Request) => Promise<Response>
  logger: TaskLogger
}

/** Answers all requests to the demo's port. Never rejects: every failure becomes a problem document. */
export async function routeRequest(request: Request, routes: Routes): Promise<Response> {
  try {
    return await dispatch(request, routes)
  } catch (error) {
    if (isTaskError(error)) return problemResponse(error, request)
    routes.logger.error('A request failed', { error: describeError(error) })
    return problemResponse(new TaskError('internal_error', 'Something went wrong. Try again in a moment.'), request)
  }
}

async function dispatch(request: Request, { tasks, sessions, trace, notices, files }: Routes): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === DEFAULT_URL) return await tasks.handler(request)
  if (pathname === '/api/demo/session') return await handleSession(request, sessions)
  if (pathname === '/api/demo/trace') return await handleTrace(request, trace)
  if (pathname === '/api/demo/wishes') return await handleWishes(request, { ...notices, sessions })
  if (pathname === '/api/demo/own-data') {
    return await handleOwnData(request, { tasks, wishes: notices.wishes, sessions })
  }
  if (pathname === '/api/health') return toHealthResponse(await tasks.health())
  if (pathname === '/api' || pathname.startsWith('/api/')) {
    throw new TaskError('not_found', `There is nothing at this address; tasks live at ${DEFAULT_URL}.`)
  }
  return await files(request)
}

function toHealthResponse(health: GetHealthResponse): Response {
  return Response.json(health, {
    status: health.status === 'down' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}

/** The error as a problem document (RFC 9457), in the form of the task endpoint. */
function problemResponse(error: TaskError, request: Request): Response {
  const traceId = fromTraceparent(request.headers.get('traceparent')) ?? createTraceId()
  return new Response(JSON.stringify(toProblemDetails(error, traceId)), {
    status: error.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' },
  })
}
