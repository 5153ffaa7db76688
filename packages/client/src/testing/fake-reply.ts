import {
  type Action,
  createTraceId,
  fromTraceparent,
  methodsOf,
  PROBLEM_MEDIA_TYPE,
  type TaskError,
  toProblemDetails,
} from '@brandkit/core'

/** Task data belongs to one person: no shared cache may keep it. */
const HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }

/** What an action answers; `null` is an answer without content. */
export interface FakeReply {
  status?: number | undefined
  headers?: Readonly<Record<string, string>> | undefined
  body: object | ReadableStream<Uint8Array> | null
}

/** HEAD gets the headers alone. */
export function toResponse({ status = 200, headers, body }: FakeReply, { method }: Request): Response {
  const type = body === null ? {} : { 'content-type': 'application/json' }
  const content = body === null || body instanceof ReadableStream ? body : JSON.stringify(body)
  return new Response(method === 'HEAD' ? null : content, { status, headers: { ...HEADERS, ...type, ...headers } })
}

export function toProblem(error: TaskError, request: Request): Response {
  const traceId = fromTraceparent(request.headers.get('traceparent')) ?? createTraceId()
  const retry = error.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1_000)) }
  const action = new URL(request.url).searchParams.get('action') as Action
  const allow = error.code === 'method_not_allowed' ? { allow: methodsOf(action).join(', ') } : {}
  const headers = { ...HEADERS, ...retry, ...allow, 'content-type': PROBLEM_MEDIA_TYPE }
  const body = request.method === 'HEAD' ? null : JSON.stringify(toProblemDetails(error, traceId))
  return new Response(body, { status: error.status, headers })
}
