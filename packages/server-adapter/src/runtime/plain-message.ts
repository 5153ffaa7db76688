import { TaskError, type TaskErrorCode } from '@brandkit/core'

/** Messages for users, by code. The real messages of these failures are for the team: they describe code or the database. */
const PLAIN_SENTENCES: Partial<Record<TaskErrorCode, string>> = {
  internal_error: 'Something went wrong on our side.',
  store_unavailable: 'Your tasks cannot be reached at the moment.',
  result_invalid: 'What came out of this task cannot be used.',
  result_unserializable: 'What came out of this task cannot be kept.',
}

/**
 * The message for users that replaces a message for the team. The team finds its message in the log by the trace id.
 * Undefined if the original message is for users.
 */
export function toPlainMessage(code: TaskErrorCode, traceId: string): string | undefined {
  const sentence = PLAIN_SENTENCES[code]
  return sentence && `${sentence} Try again; if it stays, tell us the trace id ${traceId}.`
}

/** Names what the code of an app gave instead of a text, and never its value, since a secret may be in the wrong place. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The error for a generator that misuses its context. Not retryable, because a retry would fail again. For the team. */
export function generatorMistake(message: string): TaskError {
  return new TaskError('internal_error', message, { retryable: false })
}
