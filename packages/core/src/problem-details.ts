import { cutText } from './cut-text.js'
import { isJsonObject } from './json.js'
import * as LIMITS from './limits.js'
import { isTaskErrorCode, type TaskErrorCode } from './task-error-codes.js'
import { TASK_ERROR_TITLES } from './task-error-titles.js'
import { type FieldIssue, TaskError } from './task-error.js'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** An error as HTTP carries it (RFC 9457), with our extension members `code`, `retryable`, `traceId`, `issues` and `taskId`. */
export interface ProblemDetails {
  type: string
  title: string
  status: number
  detail: string
  code: TaskErrorCode
  retryable: boolean
  traceId: string
  issues?: FieldIssue[]
  /** With `already_under_way`: the task that is under way, if the caller may see it. */
  taskId?: string
}

/** The largest number of issues in a document. */
const MOST_ISSUES = 100

/**
 * Makes the document for an error from the table and the message alone: never a stack, a path or SQL. Each text has at
 * most 2 KB.
 */
export function toProblemDetails(error: TaskError, traceId: string): ProblemDetails {
  return {
    type: `https://brandkit.dev/problems/${error.code}`,
    title: TASK_ERROR_TITLES[error.code],
    status: error.status,
    detail: cutText(error.message, LIMITS.textBytes),
    code: error.code,
    retryable: error.retryable,
    traceId,
    ...(error.taskId !== undefined && { taskId: error.taskId }),
    ...(error.issues && { issues: error.issues.slice(0, MOST_ISSUES).map(toShort) }),
  }
}

function toShort({ path, message }: FieldIssue): FieldIssue {
  return { path, message: cutText(message, LIMITS.textBytes) }
}

/**
 * Reads a problem document back, with texts of at most 2 KB. Returns `null` for any other value, such as a proxy's HTML
 * page.
 */
export function fromProblemDetails(
  value: unknown,
  options: { retryAfterMs?: number | undefined } = {},
): TaskError | null {
  if (!isJsonObject(value)) return null
  const { code, detail, title, status, retryable, traceId, issues, taskId } = value
  if (!isTaskErrorCode(code)) return null
  const sentence = [detail, title].find((text) => typeof text === 'string')
  return new TaskError(code, cutText(sentence ?? `The server answered ${code}.`, LIMITS.textBytes), {
    status: typeof status === 'number' ? status : undefined,
    retryable: typeof retryable === 'boolean' ? retryable : undefined,
    traceId: typeof traceId === 'string' ? cutText(traceId, LIMITS.textBytes) : undefined,
    taskId: typeof taskId === 'string' ? cutText(taskId, LIMITS.textBytes) : undefined,
    issues: Array.isArray(issues) ? issues.filter(isFieldIssue).slice(0, MOST_ISSUES).map(toShort) : undefined,
    retryAfterMs: options.retryAfterMs,
  })
}

export function isFieldIssue(value: unknown): value is FieldIssue {
  return isJsonObject(value) && Array.isArray(value['path']) && typeof value['message'] === 'string'
}
