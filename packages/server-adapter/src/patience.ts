import { type LongTimerOptions, startLongTimer, TaskError } from '@brandkit/core'

/** How long a part that does not give way may hold up a shutdown, in milliseconds. */
export const STUBBORN_MS = 5_000

/**
 * How long a statement may take, in milliseconds, unless it is of a migration: of a server that vanishes without a word
 * (failover, partition), TCP itself takes a quarter of an hour to find out.
 */
export const LONGEST_STATEMENT_MS = 60_000

/** Waits until all of `work` has ended, well or badly, but no longer than `ms`. */
export async function waitAtMost(ms: number, work: Iterable<Promise<unknown>>): Promise<void> {
  const { promise: tooLate, resolve } = Promise.withResolvers<void>()
  const stop = startLongTimer(ms, resolve)
  await Promise.race([tooLate, Promise.allSettled(work)])
  stop()
}

/** Resolves after so many milliseconds, or as soon as the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = startLongTimer(ms, resolve)
  signal.addEventListener('abort', () => resolve(), { once: true })
  if (signal.aborted) resolve()
  await promise
  stop()
}

/** What is answered from the beginning of a shutdown on. */
export function shuttingDown(): TaskError {
  return new TaskError('shutting_down', 'The server is shutting down. Try again in a moment.', { retryAfterMs: 2_000 })
}

interface InTimeOptions extends LongTimerOptions {
  /** Milliseconds. */
  ms: number
  tooLate: () => Error
  /** Aborts when the server stops: nothing is waited for any more, and `shutting_down` is the end. */
  closing?: AbortSignal | undefined
}

/**
 * Gives what `work` gives, or rejects with `tooLate` when the time is over. The work itself goes on, and its end is
 * dropped, a failure too.
 */
export async function inTime<T>(
  work: PromiseLike<T>,
  { ms, tooLate, closing, keepsProcess }: InTimeOptions,
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const stop = startLongTimer(ms, () => late.reject(tooLate()), { keepsProcess })
  const close = () => late.reject(shuttingDown())
  closing?.addEventListener('abort', close)
  if (closing?.aborted) close()
  try {
    return await Promise.race([work, late.promise])
  } finally {
    stop()
    closing?.removeEventListener('abort', close)
  }
}

/** Gives what another server answers, or rejects with a sentence that names it when the time is over. */
export function answerInTime<T>(answer: PromiseLike<T>, { from, ms }: { from: string; ms: number }): Promise<T> {
  return inTime(answer, { ms, tooLate: () => new Error(`${from} did not answer within ${ms} ms.`) })
}
