import { strayCharacters } from '@brandkit/core'

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
export function allowOrigin(request: Request, headers: Headers, allowedOrigins: readonly string[]): void {
  if (allowedOrigins.length === 0) return
  // A cache must not give one origin's answer to another origin.
  headers.set('vary', 'Origin')
  const origin = allowedOriginOf(request, allowedOrigins)
  if (origin === null) return
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-allow-credentials', 'true')
  headers.set('access-control-expose-headers', EXPOSED)
}

/** Answers a preflight of an allowed origin; `null` for any other request. */
export function answerPreflight(
  request: Request,
  headers: Headers,
  allowedOrigins: readonly string[],
): Response | null {
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return null
  if (allowedOriginOf(request, allowedOrigins) === null) return null
  headers.delete('access-control-expose-headers')
  headers.set('access-control-allow-methods', 'GET, POST')
  headers.set('access-control-max-age', MAX_AGE)
  // The app's own headers (for example a CSRF token) are unknown here, and the origin is trusted.
  const asked = request.headers.get('access-control-request-headers')
  if (asked !== null && HEADER_NAMES.test(asked)) headers.set('access-control-allow-headers', asked)
  return new Response(null, { status: 204, headers })
}

/** A comma-separated list of header names (RFC 9110). */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:, ?[\w!#$%&'*+.^`|~-]+)*$/

function allowedOriginOf(request: Request, allowedOrigins: readonly string[]): string | null {
  const origin = request.headers.get('origin')
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
