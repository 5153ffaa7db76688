import { inTime } from './patience.js'
import { UnfitAnswerError } from './principal.schema.js'

/**
 * How long a request waits for a function of the app, in seconds. An identity provider that wakes up may need ten;
 * proxies give up after sixty, and then neither the caller nor the log would learn what hangs.
 */
const LONGEST_ANSWER_SECONDS = 30

interface ReadAnswerOptions<T> {
  /** The function's name, for the message. */
  from: string
  /** Checks what was answered. */
  read: (answer: unknown) => T
}

/**
 * What a function of the app has answered, checked. An answer that is no promise is read at once, without a timer.
 *
 * @throws UnfitAnswerError when a promise takes longer than 30 seconds, and what `read` throws
 */
export function readAnswer<T>(answer: unknown, { from, read }: ReadAnswerOptions<T>): T | Promise<T> {
  if (!isPromiseLike(answer)) return read(answer)
  const tooLate = () =>
    new UnfitAnswerError(
      `${from} did not answer within ${LONGEST_ANSWER_SECONDS} seconds, so the request was refused. Give whatever it asks a shorter time limit.`,
    )
  // A stopped server would otherwise hold up the end of its process, for a stream whose reader is being asked for.
  return inTime(answer, { ms: LONGEST_ANSWER_SECONDS * 1_000, tooLate, keepsProcess: false }).then(read)
}

function isPromiseLike(answer: unknown): answer is PromiseLike<unknown> {
  if (typeof answer === 'function') return 'then' in answer && typeof answer.then === 'function'
  return typeof answer === 'object' && answer !== null && typeof (answer as { then?: unknown }).then === 'function'
}
