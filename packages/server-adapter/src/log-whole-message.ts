import { cutText, LIMITS, type LogFields, type TaskError, type TaskLogger } from '@brandkit/core'

/** Puts a message that is too long to be kept or shown into the server's log, which has no limit; a short one is not repeated. */
export function logWholeMessage({ message }: TaskError, logger: TaskLogger, facts: LogFields): void {
  if (cutText(message, LIMITS.textBytes) === message) return
  logger.error(`A message of ${message.length} characters was cut. The whole: ${message}`, facts)
}
