import { byteLength } from '../platform.js'
import type { ActionReply } from './define-action.js'
import { EVENT_STREAM_HEADERS, toEventStream } from './event-stream.js'

/** What every answer says. Task data belongs to one person: no shared cache may keep it. */
export const COMMON_HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }

/** The answer to a request that was served. HEAD gets its headers alone. */
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
 * The body of an answer whose text is known, with its length in the headers: HEAD needs it to say what GET would say, and
 * mounts compress only what they know the length of.
 */
export function toContent(text: string, headers: Headers, method: string): string | null {
  headers.set('content-length', String(byteLength(text)))
  return method === 'HEAD' ? null : text
}

/** When to ask again as HTTP says it, in whole seconds (RFC 9110, section 10.2.3); nothing when all is over. */
export function toRetryAfter(pollAfterMs: number | undefined): { 'retry-after'?: string } {
  return pollAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(pollAfterMs / 1_000)) }
}
