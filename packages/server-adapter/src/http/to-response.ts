import { byteLength } from '../platform.js'
import type { ActionReply } from './define-action.js'
import { EVENT_STREAM_HEADERS, toEventStream } from './event-stream.js'

/** The headers of every answer. Task data belongs to one person, so caches must not keep it. */
export const COMMON_HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }

/** Makes the answer to a successful request. HEAD gets only the headers. */
export function toResponse(
  { status = 200, headers: own, body, stream }: ActionReply,
  headers: Headers,
  { method, signal }: Pick<Request, 'method' | 'signal'>,
): Response {
  if (stream) {
    for (const [name, value] of Object.entries(EVENT_STREAM_HEADERS)) headers.set(name, value)
    return new Response(toEventStream(stream, signal), { status, headers })
  }
  if (body !== null) headers.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(own ?? {})) headers.set(name, value)
  const isValue = typeof body === 'object' && body !== null && !(body instanceof ReadableStream)
  const content = isValue ? JSON.stringify(body) : body
  return new Response(typeof content === 'string' ? toContent(content, headers, method) : content, { status, headers })
}

/**
 * Makes the body of an answer with a known text, and sets `Content-Length`. HEAD must send the same headers as GET, and
 * mounts compress only bodies of known length.
 */
export function toContent(text: string, headers: Headers, method: string): string | null {
  headers.set('content-length', String(byteLength(text)))
  return method === 'HEAD' ? null : text
}

/** Makes `Retry-After` in whole seconds (RFC 9110, section 10.2.3); empty if all tasks have ended. */
export function toRetryAfter(pollAfterMs: number | undefined): { 'retry-after'?: string } {
  return pollAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(pollAfterMs / 1_000)) }
}
