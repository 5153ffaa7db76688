import { fromProblemDetails, isJsonObject, readRetryAfter, TaskError, type TaskErrorCode } from '@brandkit/core'
import { guarded } from './guarded.js'
import { toWaitMs } from './read-reply.js'

/** Errors of proxies and gateways in front of a task server, which send their own documents. */
const CODES_OF_GATEWAYS: Readonly<Partial<Record<number, TaskErrorCode>>> = {
  401: 'unauthenticated',
  413: 'payload_too_large',
  429: 'rate_limited',
}

const UNEXPECTED = 'That did not work. Try again in a moment.'
/** For users, where a gateway says no more than its status. */
const SENTENCES: Readonly<Partial<Record<number, string>>> = {
  401: 'You are signed out. Sign in and try again.',
  413: 'That is too large to be sent.',
}

/** The error of an answer other than 2xx: from its problem document, or from its status without one. */
export function toTaskError(response: Response, text: string): TaskError {
  const { status } = response
  const retryAfterMs = toWaitMs(readRetryAfter(response.headers.get('retry-after') ?? ''))
  const document = guarded<unknown>(() => JSON.parse(text))
  const problem = fromProblemDetails(document, { retryAfterMs })
  if (problem) return problem

  // A newer server may send unknown codes; its message is still worth showing.
  const detail = isJsonObject(document) && document['detail']
  return new TaskError(
    CODES_OF_GATEWAYS[status] ?? 'invalid_response',
    typeof detail === 'string' ? detail : (SENTENCES[status] ?? UNEXPECTED),
    {
      cause: describeNonsense(response),
      status,
      retryAfterMs,
      // Gateways would refuse the same request again, except after a 429. After a 5xx they may have recovered.
      retryable: status === 429 || status < 400 || status >= 500,
    },
  )
}

/** The error for a 2xx answer that breaks the protocol. */
export function toInvalidResponse(response: Response, cause?: unknown): TaskError {
  return new TaskError('invalid_response', UNEXPECTED, { cause: describeNonsense(response, cause) })
}

/** For the log: users can do nothing about the place where a server is mounted. */
function describeNonsense({ status, headers, url }: Response, cause?: unknown): Error {
  const type = headers.get('content-type') ?? 'no content type'
  const place = url.split('?', 1)[0] || 'the url'
  return new Error(
    `The answer (${status}, ${type}) is not one of a task server. Check that one is mounted at ${place}.`,
    {
      cause,
    },
  )
}
