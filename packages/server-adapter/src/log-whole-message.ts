import { cutText, LIMITS, type LogFields, type TaskError, type TaskLogger } from '@brandkit/core'

/** UTF-16 units in one line. Each unit takes at most three bytes in UTF-8; 100 units are left for the words before them. */
const UNITS_PER_LINE = Math.floor(LIMITS.logMessageBytes / 3) - 100

/**
 * Writes a whole message to the server's log if stores would cut it, in as many lines as needed. Ignores short messages.
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

/** Avoids a cut between the two halves of a surrogate pair. */
function endOfPiece(text: string, start: number): number {
  const end = Math.min(start + UNITS_PER_LINE, text.length)
  return end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end
}
