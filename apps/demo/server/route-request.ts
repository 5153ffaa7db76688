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
import { handleOwnData, handleWishes, type WishServices } from './notices.ts'
import { handleSession, type Sessions } from './session.ts'
import { handleTrace, type TraceServices } from './trace.ts'

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
