import { TaskError, type TaskErrorCode } from '@brandkit/core'

/** Failures whose own messages are for the team: they tell of the catalog, of the generator's code or of the database. */
const PLAIN_SENTENCES: Partial<Record<TaskErrorCode, string>> = {
  internal_error: 'Something went wrong on our side.',
  store_unavailable: 'Your tasks cannot be reached at the moment.',
  result_invalid: 'What came out of this task cannot be used.',
  result_unserializable: 'What came out of this task cannot be kept.',
}

/**
 * What end users read in place of a message that is for the team, which finds that in its log by the trace id. Undefined
 * where the message was written for users.
 */
export function toPlainMessage(code: TaskErrorCode, traceId: string): string | undefined {
  const sentence = PLAIN_SENTENCES[code]
  return sentence && `${sentence} Try again; if it stays, tell us the trace id ${traceId}.`
}

/** A generator uses its context wrongly. It would do so again, so it is not retried; the message is for the team. */
export function generatorMistake(message: string): TaskError {
  return new TaskError('internal_error', message, { retryable: false })
}
