import { strayCharacters } from '@brandkit/core'
import type { AnswerHeaders, HttpAnswer, HttpRequest } from './http-exchange.js'

type OriginRequest = Pick<HttpRequest, 'method' | 'headers'>

/** The headers that pages of other origins may read. */
const EXPOSED = 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After'

/** How long a browser may reuse a preflight, in seconds. Chromium uses at most two hours. */
const MAX_AGE = '7200'

/**
 * Lets pages of allowed origins read an answer, with the user's cookies. Pages of other origins get no such headers, so
 * browsers hide the answer from them.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowOrigin(request: OriginRequest, headers: AnswerHeaders, allowedOrigins: readonly string[]): void {
  if (allowedOrigins.length === 0) return
  // A cache must not give one origin's answer to another origin.
  headers['vary'] = 'Origin'
  const origin = allowedOriginOf(request, allowedOrigins)
  if (origin === null) return
  headers['access-control-allow-origin'] = origin
  headers['access-control-allow-credentials'] = 'true'
  headers['access-control-expose-headers'] = EXPOSED
}

/** Answers a preflight of an allowed origin; `null` for any other request. */
export function answerPreflight(
  request: OriginRequest,
  headers: AnswerHeaders,
  allowedOrigins: readonly string[],
): HttpAnswer | null {
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return null
  if (allowedOriginOf(request, allowedOrigins) === null) return null
  delete headers['access-control-expose-headers']
  headers['access-control-allow-methods'] = 'GET, POST'
  headers['access-control-max-age'] = MAX_AGE
  // The app's own headers (for example a CSRF token) are unknown here, and the origin is trusted.
  const asked = request.headers.get('access-control-request-headers')
  if (asked !== null && HEADER_NAMES.test(asked)) headers['access-control-allow-headers'] = asked
  return { status: 204, headers, body: null }
}

/** A comma-separated list of header names (RFC 9110). */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:, ?[\w!#$%&'*+.^`|~-]+)*$/

function allowedOriginOf({ headers }: OriginRequest, allowedOrigins: readonly string[]): string | null {
  const origin = headers.get('origin')
  return origin !== null && allowedOrigins.includes(origin) ? origin : null
}

/** @throws TypeError for a text that browsers never send as `Origin`, because a typing error would block or allow too much */
export function assertOrigins(allowedOrigins: readonly string[]): void {
  for (const origin of allowedOrigins) {
    if (URL.canParse(origin) && new URL(origin).origin === origin && origin !== 'null') continue
    const stray = typeof origin === 'string' ? strayCharacters(origin) : undefined
    if (stray !== undefined) throw new TypeError(`allowedOrigins has ${JSON.stringify(origin)}, which ${stray}.`)
    throw new TypeError(
      `allowedOrigins has ${JSON.stringify(origin)}, which is no origin. Write scheme, host and port only, as in "https://app.example".`,
    )
  }
}
