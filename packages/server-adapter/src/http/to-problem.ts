import {
  describeErrorStack,
  PROBLEM_MEDIA_TYPE,
  readTaskError,
  TaskError,
  type TaskErrorCode,
  type TaskLogger,
  toProblemDetails,
} from '@brandkit/core'
import { logWholeMessage } from '../log-whole-message.js'
import { toPlainMessage } from '../runtime/plain-message.js'
import type { AnswerHeaders, HttpAnswer } from './http-exchange.js'
import { toContent, toRetryAfter } from './to-answer.js'

/** The status of an error without its own: the app's code called another server, which did not answer. */
const BAD_GATEWAY = 502

/** What the team can do about a refusal whose message is for users. */
const HINTS: Partial<Record<TaskErrorCode, string>> = {
  unauthenticated: '. The function `authenticate` gave no user for it',
  cross_site_request: '. Add its origin to `allowedOrigins` if it is yours',
}

interface Failure {
  traceId: string
  logger: TaskLogger
}

/** Makes the answer to a failed request. HEAD gets only the headers. */
export function toProblem(
  error: unknown,
  headers: AnswerHeaders,
  { traceId, logger, method }: Failure & { method: string },
): HttpAnswer {
  const known = toKnownError(error, { traceId, logger })
  headers['content-type'] = PROBLEM_MEDIA_TYPE
  Object.assign(headers, toRetryAfter(known.retryAfterMs))
  const text = JSON.stringify(toProblemDetails(known, traceId))
  return { status: known.status, headers, body: toContent(text, headers, method) }
}

/** Converts a failure to the error that the caller may see, and logs the rest. */
export function toKnownError(error: unknown, { traceId, logger }: Failure): TaskError {
  const known = readTaskError(error) ?? new TaskError('internal_error', 'This was not expected.')
  // Refusals are logged as info without their message, which may quote the caller's input. A shutdown is logged alike.
  if (known.status >= 500 && known.code !== 'shutting_down') {
    logger.error(`Request failed: ${describeErrorStack(error)}`, { traceId, code: known.code })
    logWholeMessage(known, logger, { traceId })
  } else logger.info(`Request refused: ${known.code}${HINTS[known.code] ?? ''}`, { traceId })
  const { code, message, issues, taskId, retryable, retryAfterMs } = known
  const plain = toPlainMessage(code, traceId)
  return new TaskError(code, plain ?? message, {
    cause: error,
    // A message for users hides the issues too, because issues are for the team like the original message.
    issues: plain === undefined ? issues : undefined,
    status: known.status || BAD_GATEWAY,
    traceId,
    taskId,
    retryable,
    retryAfterMs,
  })
}
