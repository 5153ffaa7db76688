import {
  describeError,
  FatalTaskError,
  isTaskError,
  RetryableTaskError,
  type TaskError,
  type TaskLogger,
  toRetryAfterMs,
} from '@brandkit/core'
import { APICallError, JSONParseError, NoObjectGeneratedError, NoOutputGeneratedError, TypeValidationError } from 'ai'

interface ExplainOptions {
  model: string
  /** 1 for the task's first attempt. */
  attempt: number
  logger: TaskLogger
  /** Milliseconds since 1970. */
  now?: number
}

/** Errors of a provider that a retry will not change, and advice for each. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'does not accept the request. Check that LLM_MODEL can write JSON by a schema',
  401: 'does not accept the key. Check LLM_API_KEY',
  402: 'wants to be paid first. Check the account behind LLM_API_KEY',
  403: 'does not let this key use the model. Check LLM_API_KEY and LLM_MODEL',
  404: 'does not know the model or the address. Check LLM_MODEL and LLM_BASE_URL',
  413: 'finds the request too large. Shorten the text of the task',
  422: 'does not accept the request. Check that LLM_MODEL can write JSON by a schema',
}

/**
 * Turns a model's failure into the error that ends the attempt. Retryable: the model is busy, out of reach or broke off,
 * or the first attempt got an answer of the wrong form. Final: everything else. The provider's own message goes only to
 * the log, since it may repeat the prompt.
 */
export function explainModelError(
  error: unknown,
  { model, attempt, logger, now = Date.now() }: ExplainOptions,
): TaskError {
  if (isTaskError(error)) return error
  logger.warn('The model has failed', { model, reason: describeError(error).slice(0, 500) })

  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 400) {
    return explainStatus(error, error.statusCode, now)
  }
  if (isNonsense(error)) {
    const sentence = `The answer of the model ${model} does not have the form that was asked for`
    return attempt === 1
      ? new RetryableTaskError(`${sentence}; it is asked once more.`, { cause: error })
      : new FatalTaskError(
          `${sentence}, and neither had an earlier attempt gone well. Choose another LLM_MODEL, or try again.`,
          { cause: error },
        )
  }
  return new RetryableTaskError('The language model cannot be reached, or broke off in the middle.', { cause: error })
}

function explainStatus(error: APICallError, status: number, now: number): TaskError {
  // A used-up quota has the status of a rate limit, but waiting does not help.
  if (status === 429 && error.responseBody?.includes('insufficient_quota')) {
    return new FatalTaskError(
      `The language model's provider says that the quota is used up (429). Check the account behind LLM_API_KEY.`,
      { cause: error },
    )
  }
  const refusal = REFUSALS[status]
  if (refusal) return new FatalTaskError(`The language model's provider ${refusal} (${status}).`, { cause: error })
  const retryAfterMs = askedPauseMs(error.responseHeaders, now)
  return new RetryableTaskError(
    status === 429 || status === 503
      ? `The language model has too much to do (${status}).`
      : `The language model's provider has failed (${status}).`,
    { cause: error, retryAfterMs },
  )
}

/** An answer that is empty, is no JSON, or does not fit the schema. */
function isNonsense(error: unknown): boolean {
  return (
    NoObjectGeneratedError.isInstance(error) ||
    NoOutputGeneratedError.isInstance(error) ||
    JSONParseError.isInstance(error) ||
    TypeValidationError.isInstance(error)
  )
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, section 10.2.3). */
function askedPauseMs(headers: Readonly<Record<string, string>> | undefined, now: number): number | undefined {
  const precise = Number(headers?.['retry-after-ms'] ?? Number.NaN)
  if (precise >= 0) return precise
  return toRetryAfterMs(headers?.['retry-after'], now)
}
