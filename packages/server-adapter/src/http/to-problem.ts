import {
  describeErrorStack,
  PROBLEM_MEDIA_TYPE,
  readTaskError,
  TaskError,
  type TaskLogger,
  toProblemDetails,
} from '@brandkit/core'
import { logWholeMessage } from '../log-whole-message.js'
import { toPlainMessage } from '../runtime/plain-message.js'
import { toContent, toRetryAfter } from './to-response.js'

/** For an error without a status of its own: the app's code asked another server, which did not answer. */
const BAD_GATEWAY = 502

interface Failure {
  traceId: string
  logger: TaskLogger
}

/** The answer to a request that failed. HEAD gets its headers alone. */
export function toProblem(
  error: unknown,
  headers: Headers,
  { traceId, logger, method }: Failure & { method: string },
): Response {
  const known = toKnownError(error, { traceId, logger })
  headers.set('content-type', PROBLEM_MEDIA_TYPE)
  for (const [name, value] of Object.entries(toRetryAfter(known.retryAfterMs))) headers.set(name, value)
  const text = JSON.stringify(toProblemDetails(known, traceId))
  return new Response(toContent(text, headers, method), { status: known.status, headers })
}

/** What the caller may know of a failure; the rest goes to the server's log. */
export function toKnownError(error: unknown, { traceId, logger }: Failure): TaskError {
  const known = readTaskError(error) ?? new TaskError('internal_error', 'This was not expected.')
  // The message of a refusal is made of what a stranger sent: it has no place among the team's errors. Nor has a shutdown.
  if (known.status >= 500 && known.code !== 'shutting_down') {
    logger.error(`Request failed: ${describeErrorStack(error)}`, { traceId, code: known.code })
    logWholeMessage(known, logger, { traceId })
  } else logger.info(`Request refused: ${known.code}`, { traceId })
  const { code, message, issues, retryable, retryAfterMs } = known
  const plain = toPlainMessage(code, traceId)
  return new TaskError(code, plain ?? message, {
    cause: error,
    // Issues are the words of a validator, like the message that the plain one stands for.
    issues: plain === undefined ? issues : undefined,
    status: known.status || BAD_GATEWAY,
    traceId,
    retryable,
    retryAfterMs,
  })
}
