import { inTime } from './patience.js'
import { UnfitAnswerError } from './principal.schema.js'

/**
 * How long a request waits for a function of the app, in seconds. An identity provider that starts up may need 10. Proxies
 * give up after 60, and then neither the caller nor the log would name the cause.
 */
const LONGEST_ANSWER_SECONDS = 30

interface ReadAnswerOptions<T> {
  /** The function's name, for the message. */
  from: string
  /** Checks and converts the answer. */
  read: (answer: unknown) => T
  /** Aborts when the server stops. */
  closing?: AbortSignal | undefined
}

/**
 * Waits for the answer of an app's function and checks it. An answer that is not a promise is checked at once.
 *
 * @throws UnfitAnswerError when a promise takes longer than 30 seconds
 * @throws TaskError `shutting_down` when the server stops meanwhile; also any error of `read`
 */
export function readAnswer<T>(answer: unknown, { from, read, closing }: ReadAnswerOptions<T>): T | Promise<T> {
  if (!isPromiseLike(answer, from)) return read(answer)
  const tooLate = () =>
    new UnfitAnswerError(
      `${from} did not answer within ${LONGEST_ANSWER_SECONDS} seconds, so the request was refused. Give whatever it asks a shorter time limit.`,
    )
  // `closing` and `keepsProcess` let the process end while a stream's reader is being authenticated again.
  return inTime(answer, { ms: LONGEST_ANSWER_SECONDS * 1_000, tooLate, closing, keepsProcess: false }).then(read)
}

function isPromiseLike(answer: unknown, from: string): answer is PromiseLike<unknown> {
  try {
    return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function'
  } catch (cause) {
    throw new UnfitAnswerError(`${from} gave an answer that cannot be read: its \`then\` threw.`, { cause })
  }
}
