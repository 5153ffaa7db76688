import { createTraceId, fromTraceparent, PROBLEM_MEDIA_TYPE, type TaskError, toProblemDetails } from '@brandkit/core'

/** The error as a problem document (RFC 9457), as the task endpoint answers too. */
export function problemResponse(error: TaskError, request: Request): Response {
  const traceId = fromTraceparent(request.headers.get('traceparent')) ?? createTraceId()
  return new Response(JSON.stringify(toProblemDetails(error, traceId)), {
    status: error.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' },
  })
}
