import { byteLength } from '../platform.js'
import type { ActionReply } from './define-action.js'
import { EVENT_STREAM_HEADERS, toEventStream } from './event-stream.js'
import type { AnswerHeaders, HttpAnswer, HttpRequest } from './http-exchange.js'

/** The headers of every answer. Task data belongs to one person, so caches must not keep it. */
export const COMMON_HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }

/** Makes the answer to a successful request. HEAD gets only the headers. */
export function toAnswer(
  { status = 200, headers: own, body, stream }: ActionReply,
  headers: AnswerHeaders,
  request: Pick<HttpRequest, 'method' | 'signal'>,
): HttpAnswer {
  if (stream) {
    Object.assign(headers, EVENT_STREAM_HEADERS)
    return { status, headers, body: toEventStream(stream, request.signal) }
  }
  if (body !== null) headers['content-type'] = 'application/json'
  Object.assign(headers, own)
  if (body === null) return { status, headers, body }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers, body: toContent(text, headers, request.method) }
}

/**
 * Makes the body of an answer with a known text, and sets `Content-Length`. HEAD must send the same headers as GET, and
 * mounts compress only bodies of known length.
 */
export function toContent(text: string, headers: AnswerHeaders, method: string): string | null {
  headers['content-length'] = String(byteLength(text))
  return method === 'HEAD' ? null : text
}

/** Makes `Retry-After` in whole seconds (RFC 9110, section 10.2.3); empty if all tasks have ended. */
export function toRetryAfter(pollAfterMs: number | undefined): { 'retry-after'?: string } {
  return pollAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(pollAfterMs / 1_000)) }
}
