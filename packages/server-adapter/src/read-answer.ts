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
  /** Aborts when the server stops. */
  closing?: AbortSignal | undefined
}

/**
 * What a function of the app has answered, checked. An answer that is no promise is read at once, without a timer.
 *
 * @throws UnfitAnswerError when a promise takes longer than 30 seconds, `shutting_down` when the server stops meanwhile, and
 *   what `read` throws
 */
export function readAnswer<T>(answer: unknown, { from, read, closing }: ReadAnswerOptions<T>): T | Promise<T> {
  if (!isPromiseLike(answer, from)) return read(answer)
  const tooLate = () =>
    new UnfitAnswerError(
      `${from} did not answer within ${LONGEST_ANSWER_SECONDS} seconds, so the request was refused. Give whatever it asks a shorter time limit.`,
    )
  // A stopped server would otherwise hold up the end of its process, for a stream whose reader is being asked for.
  return inTime(answer, { ms: LONGEST_ANSWER_SECONDS * 1_000, tooLate, closing, keepsProcess: false }).then(read)
}

function isPromiseLike(answer: unknown, from: string): answer is PromiseLike<unknown> {
  try {
    return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function'
  } catch (cause) {
    throw new UnfitAnswerError(`${from} gave an answer that cannot be read: its \`then\` threw.`, { cause })
  }
}
