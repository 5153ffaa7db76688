import { cutText, LIMITS, type LogFields, type TaskError, type TaskLogger } from '@brandkit/core'

/** UTF-16 units in one line: each takes at most three bytes, and the words before them need room, too. */
const UNITS_PER_LINE = Math.floor(LIMITS.logMessageBytes / 3) - 100

/**
 * Puts a message that is too long to be kept or shown into the server's log, in as many lines as it needs; a short one is
 * not repeated.
 */
export function logWholeMessage({ message }: TaskError, logger: TaskLogger, facts: LogFields): void {
  if (cutText(message, LIMITS.textBytes) === message) return
  for (let start = 0; start < message.length;) {
    const end = endOfPiece(message, start)
    logger.error(
      `A message was cut. Characters ${start + 1} to ${end} of ${message.length}: ${message.slice(start, end)}`,
      facts,
    )
    start = end
  }
}

/** Never between the two halves of a character. */
function endOfPiece(text: string, start: number): number {
  const end = Math.min(start + UNITS_PER_LINE, text.length)
  return end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end
}
