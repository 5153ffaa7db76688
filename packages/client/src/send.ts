import { type Action, ACTIONS, createLogger, DEFAULT_URL, isTaskError, TaskError } from '@brandkit/core'
import ky, { isTimeoutError } from 'ky'
import { createRenewal } from './renewal.js'
import type { TaskServiceOptions } from './task-service.js'
import { type RequestQuery, toRequestUrl } from './to-request-url.js'
import { toInvalidResponse, toTaskError } from './to-task-error.js'
import { untilAborted } from './until-aborted.js'

export interface TaskRequest<Reply> {
  action: Action
  query?: RequestQuery
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** For the log; what the server is told stands in `headers`. */
  traceId?: string
  signal?: AbortSignal | undefined
  /** Checks the reply's shape; what it throws becomes `invalid_response`. */
  read: (reply: unknown) => Reply
}

/** One request to its reply, or a TaskError. An abort alone rejects with the signal's reason. */
export type Send = <Reply>(request: TaskRequest<Reply>) => Promise<Reply>

/**
 * Milliseconds until the first byte, and again until the last. A read gives up soon, because the next poll asks again;
 * a write waits longer, because giving up leaves the caller not knowing whether it happened.
 */
const TIMEOUT_MS = { GET: 10_000, POST: 30_000 } as const

/** Does nothing until the first request. */
export function createSend(options: TaskServiceOptions): Send {
  const { url = DEFAULT_URL, credentials = 'same-origin', fetch } = options
  const logger = (options.logger ?? createLogger()).scope('TaskService')
  const renewal = createRenewal(options.onUnauthenticated, logger)
  // A query may hold a key, and keys do not belong in logs.
  const loggedUrl = url.split('?', 1)[0]

  async function exchange(request: TaskRequest<unknown>, body: string | undefined) {
    const { action, traceId, signal } = request
    const address = toRequestUrl(url, action, request.query)
    const headers = await toHeaders(request, options.headers)
    const { method } = ACTIONS[action]

    logger.info(`Making API request to: ${loggedUrl}`, { action, traceId })
    try {
      const pending = ky(address, {
        method,
        headers,
        credentials,
        // The follower's next tick, the outbox and the user retry; a second loop in here would multiply them.
        retry: 0,
        throwHttpErrors: false,
        timeout: TIMEOUT_MS[method],
        ...(body !== undefined && { body }),
        ...(fetch && { fetch }),
        ...(signal && { signal }),
      })
      const response = await pending
      // Not `response.text()`, which has no time-out.
      return { response, text: await pending.text() }
    } catch (cause) {
      signal?.throwIfAborted()
      throw toNetworkError(cause, TIMEOUT_MS[method])
    }
  }

  async function exchangeTwiceAtMost(request: TaskRequest<unknown>, body: string | undefined) {
    const mark = renewal.mark()
    const first = await exchange(request, body)
    if (first.response.status !== 401) return first
    if (!(await untilAborted(renewal.renew(mark), request.signal))) return first
    return exchange(request, body)
  }

  return async (request) => {
    const { action, traceId, signal, read } = request
    try {
      signal?.throwIfAborted()
      const { response, text } = await exchangeTwiceAtMost(request, toBody(request.body))
      if (!response.ok) throw toTaskError(response, text)
      try {
        return read(JSON.parse(text))
      } catch (cause) {
        throw toInvalidResponse(response, cause)
      }
    } catch (error) {
      if (isTaskError(error)) {
        const { code, status } = error
        logger.warn('The API request failed', { action, code, status, traceId: error.traceId ?? traceId })
      }
      throw error
    }
  }
}

function toBody(body: unknown): string | undefined {
  if (body === undefined) return undefined
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw new TaskError(
      'invalid_payload',
      'The payload cannot be written as JSON. Leave out bigints and circular references.',
      {
        cause,
        status: 0,
      },
    )
  }
}

async function toHeaders(
  { body, headers: own, signal }: TaskRequest<unknown>,
  ask: TaskServiceOptions['headers'],
): Promise<Headers> {
  const headers = new Headers()
  const add = (init: HeadersInit) => new Headers(init).forEach((value, name) => headers.set(name, value))
  try {
    if (ask) add(await untilAborted(Promise.resolve(ask()), signal))
    headers.set('accept', 'application/json, application/problem+json')
    if (body !== undefined) headers.set('content-type', 'application/json')
    if (own) add(own)
    return headers
  } catch (cause) {
    signal?.throwIfAborted()
    if (isTaskError(cause)) throw cause
    throw new TaskError(
      'invalid_request',
      `The request's headers could not be made, so it was not sent: ${String(cause)}`,
      {
        cause,
        status: 0,
        // `headers()` may well have asked a server for a token.
        retryable: true,
      },
    )
  }
}

function toNetworkError(cause: unknown, timeoutMs: number): TaskError {
  const why = isTimeoutError(cause)
    ? `There was no answer within ${timeoutMs / 1_000} s.`
    : 'The server cannot be reached.'
  return new TaskError('network_error', `${why} Check the connection and try again.`, { cause })
}
