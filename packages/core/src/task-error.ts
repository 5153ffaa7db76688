import { isJsonObject } from './json.js'
import { type RetryAfter, toDelayMs, toRetryAfterMs } from './retry-after.js'
import { isTaskErrorCode, TASK_ERRORS, type TaskErrorCode } from './task-error-codes.js'

/** The mistake in one field, as zod's issues or a form show it. */
export interface FieldIssue {
  /** The path to the field: `['payload', 'budget', 'amount']`. */
  path: (string | number)[]
  message: string
}

export interface TaskErrorOptions {
  cause?: unknown
  issues?: FieldIssue[] | undefined
  traceId?: string | undefined
  /** Overrides the table, for servers that know more codes than this client. */
  status?: number | undefined
  retryable?: boolean | undefined
  /** The task that the error is about, if the caller may see it. */
  taskId?: string | undefined
  /** The pause before asking again, in milliseconds, capped at one day. A negative or infinite number counts as missing. */
  retryAfterMs?: number | undefined
}

/** Every error of the SDK. The message says what, why and how to fix it, and is fit to be shown. */
export class TaskError extends Error {
  override readonly name: string = 'TaskError'
  // `declare`, because the constructor sets all fields: a normal field would be set twice.
  declare readonly code: TaskErrorCode
  /** HTTP status; 0 when no answer came. */
  declare readonly status: number
  /** Whether the same request may succeed later. */
  declare readonly retryable: boolean
  declare readonly issues?: FieldIssue[] | undefined
  declare readonly traceId?: string | undefined
  /** With `already_under_way`: the task that is under way. Absent when the caller may not see it. */
  declare readonly taskId?: string | undefined
  declare readonly retryAfterMs?: number | undefined

  constructor(code: TaskErrorCode, message: string, options: TaskErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.status = options.status ?? TASK_ERRORS[code].status
    this.retryable = options.retryable ?? TASK_ERRORS[code].retryable
    this.issues = options.issues
    this.traceId = options.traceId
    this.taskId = options.taskId
    this.retryAfterMs = toDelayMs(options.retryAfterMs)
  }
}

/** Thrown by a generator to end the task now, because a retry would not help. The message reaches the user. */
export class FatalTaskError extends TaskError {
  override readonly name = 'FatalTaskError'

  constructor(message: string, options: TaskErrorOptions = {}) {
    super('generator_refused', message, { ...options, retryable: false })
  }
}

export interface RetryableTaskErrorOptions extends TaskErrorOptions {
  /**
   * The provider's statement of when to try again: its response or headers (with `Retry-After`), the header's text,
   * seconds as a number, or a date. Used only without `retryAfterMs`.
   */
  retryAfter?: RetryAfter | null | undefined
}

/**
 * Thrown by a generator to be run again: after `retryAfterMs` or `retryAfter`, at most one day, or else after the backoff.
 * The message reaches the user.
 *
 * @example
 * if (response.status === 429) throw new RetryableTaskError('The model is busy.', { retryAfter: response })
 */
export class RetryableTaskError extends TaskError {
  override readonly name = 'RetryableTaskError'

  constructor(message: string, { retryAfter, ...options }: RetryableTaskErrorOptions = {}) {
    const retryAfterMs = toDelayMs(options.retryAfterMs) ?? toRetryAfterMs(retryAfter)
    super('generator_failed', message, { ...options, retryAfterMs, retryable: true })
  }
}

/** Recognises errors from other realms and from duplicated packages, which `instanceof` does not. Never throws. */
export function isTaskError(error: unknown): error is TaskError {
  try {
    // A problem document has a code too, but no message.
    return (
      isJsonObject(error) &&
      isTaskErrorCode(error['code']) &&
      typeof error['message'] === 'string' &&
      'retryable' in error
    )
  } catch {
    // A revoked proxy, or a getter that throws.
    return false
  }
}
