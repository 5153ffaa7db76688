import { isFieldIssue } from './problem-details.js'
import { isTaskErrorCode } from './task-error-codes.js'
import { isTaskError, TaskError } from './task-error.js'

/**
 * Copies a TaskError that foreign code threw; each field is read once and checked. The error is known by its shape, since
 * it may come from another copy of this package. Null for any other value, and for one that throws when it is read.
 *
 * A status outside 400 to 599 is replaced by the code's own, so that a refusal is never answered with 200.
 */
export function readTaskError(thrown: unknown): TaskError | null {
  if (!isTaskError(thrown)) return null
  try {
    const { code, message, status, retryable, issues, traceId, taskId, retryAfterMs } = thrown as Partial<
      Record<keyof TaskError, unknown>
    >
    if (!isTaskErrorCode(code) || typeof message !== 'string') return null
    return new TaskError(code, message, {
      cause: thrown,
      status: isErrorStatus(status) ? status : undefined,
      retryable: typeof retryable === 'boolean' ? retryable : undefined,
      issues: Array.isArray(issues) ? issues.filter(isFieldIssue) : undefined,
      traceId: typeof traceId === 'string' ? traceId : undefined,
      taskId: typeof taskId === 'string' ? taskId : undefined,
      retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
    })
  } catch {
    return null
  }
}

function isErrorStatus(status: unknown): status is number {
  return Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599
}
