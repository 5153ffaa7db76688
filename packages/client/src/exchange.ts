import { type Action, DEFAULT_URL, describeError, isTaskError, TaskError, type TaskLogger } from '@brandkit/core'
import { isNetworkError, isTimeoutError, type KyInstance } from 'ky'
import { throwIfAborted, untilAborted } from './abort-signals.js'
import type { Authorization } from './authorization.js'
import { type RequestQuery, toRequestUrl } from './to-request-url.js'
import { toTaskError } from './to-task-error.js'

interface ExchangeParts {
  /** The path or address where the protocol is mounted. Default `/api/jobs`. */
  url: string | undefined
  /** The ky instance that sends requests. Its retry settings are ignored. */
  http: KyInstance
  /** Absent if cookies identify the user. */
  authorization: Authorization | undefined
  logger: TaskLogger
}

export interface ExchangeRequest {
  action: Action
  query?: RequestQuery | undefined
  /** JSON. A request with a body is a POST and changes something; all others are GETs. */
  body?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
  /** For the log only; the server gets its trace id from `headers`. */
  traceId?: string | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds until the first byte, and again until the last. Default: 10 s for a read, 30 s for a write. */
  timeoutMs?: number | undefined
}

/** The head of an expected answer, or of a 304. */
interface Answer {
  response: Response
  /** Reads the body. Unlike `response.text()` it has a time-out. */
  text: () => Promise<string>
}

/**
 * Sends one request with the service's headers and credentials, and once more after a renewed 401. Rejects with a
 * TaskError without an answer or for a problem, or with the reason of an aborted signal.
 */
export type Exchange = (request: ExchangeRequest) => Promise<Answer>

/**
 * Reads give up soon, because the next poll repeats them. Writes wait longer, because after a time-out the caller does
 * not know whether the write happened.
 */
const TIMEOUT_MS = { GET: 10_000, POST: 30_000 } as const

/** Sends nothing until the first call. */
export function createExchange({ url = DEFAULT_URL, authorization, logger, ...parts }: ExchangeParts): Exchange {
  // Logs omit the query, because it may hold a key.
  const loggedUrl = url.split('?', 1)[0]
  const http = parts.http.extend({
    // The follower's next tick, the outbox and the user already retry, and a second loop here would multiply the
    // requests. The one retry is for an app's hook that requests it, such as after it has renewed a token.
    retry: { limit: 1, methods: [] },
    throwHttpErrors: false,
  })

  async function exchange(request: ExchangeRequest): Promise<Answer> {
    const { action, body, traceId, signal } = request
    const address = toRequestUrl(url, action, request.query)
    const headers = await toHeaders(request, authorization)
    const method = body === undefined ? 'GET' : 'POST'
    const timeout = request.timeoutMs ?? TIMEOUT_MS[method]

    logger.info(`Making API request to: ${loggedUrl}`, { action, traceId })
    const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        // An app's own `fetch` may ignore signals.
        return await untilAborted(work(), signal)
      } catch (cause) {
        throwIfAborted(signal)
        if (isTaskError(cause)) throw cause
        throw new TaskError('network_error', `${whyOf(cause, timeout)} Check the connection and try again.`, { cause })
      }
    }
    const answering = await attempt(async () => {
      const answer = http(address, { method, headers, timeout, signal: signal ?? null, body: body ?? null })
      // ky's type hides that a hook of the app may end a request without an answer, by `ky.stop`.
      const response = (await answer) as Response | undefined
      if (!response) throw new Error('A hook ended the request by `ky.stop`.')
      // An object, because awaiting the promise here would lose its `text`, which is called later.
      return { response, text: async () => answer.text() }
    })
    return { response: answering.response, text: async () => attempt(answering.text) }
  }

  return async (request) => {
    const renew = authorization?.prepare()
    let answer = await exchange(request)
    if (answer.response.status === 401 && renew && (await untilAborted(renew(), request.signal))) {
      void answer.response.body?.cancel().catch(() => {})
      answer = await exchange(request)
    }
    const { response, text } = answer
    if (response.ok || response.status === 304) return answer
    throw toTaskError(response, await text())
  }
}

function whyOf(cause: unknown, timeoutMs: number): string {
  if (isTimeoutError(cause)) return `There was no answer within ${timeoutMs / 1_000} s.`
  // ky wraps the known errors of browsers and Node.js; other `fetch` functions may throw a plain TypeError.
  if (isNetworkError(cause) || cause instanceof TypeError) return 'The server cannot be reached.'
  return 'The request could not be made.'
}

async function toHeaders(
  { body, headers: own = {}, signal }: ExchangeRequest,
  authorization: Authorization | undefined,
): Promise<Headers> {
  try {
    const headers = new Headers(authorization && (await untilAborted(authorization.headers(), signal)))
    headers.set('accept', 'application/json, application/problem+json')
    if (body !== undefined) headers.set('content-type', 'application/json')
    for (const [name, value] of Object.entries(own)) headers.set(name, value)
    return headers
  } catch (cause) {
    throwIfAborted(signal)
    if (isTaskError(cause)) throw cause
    throw new TaskError('invalid_request', 'The request could not be made. Try again in a moment.', {
      cause: new Error(`The headers could not be made, so nothing was sent: ${describeError(cause)}`, { cause }),
      status: 0,
      // `headers()` may have failed because its token server did.
      retryable: true,
    })
  }
}
