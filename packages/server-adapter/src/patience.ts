import { type LongTimerOptions, startLongTimer, TaskError } from '@brandkit/core'

/** How long one step of a shutdown may take, in milliseconds, when a part of the server hangs. */
export const STUBBORN_MS = 5_000

/**
 * How long a statement may take, in milliseconds, except in migrations. TCP itself needs about 15 minutes to notice a
 * server that vanished (failover, partition).
 */
export const LONGEST_STATEMENT_MS = 60_000

/** Waits until every promise of `work` has settled, but at most `ms` milliseconds. */
export async function waitAtMost(ms: number, work: Iterable<Promise<unknown>>): Promise<void> {
  const { promise: tooLate, resolve } = Promise.withResolvers<void>()
  const stop = startLongTimer(ms, resolve)
  await Promise.race([tooLate, Promise.allSettled(work)])
  stop()
}

/** Resolves after `ms` milliseconds, or as soon as the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = startLongTimer(ms, resolve)
  signal.addEventListener('abort', () => resolve(), { once: true })
  if (signal.aborted) resolve()
  await promise
  stop()
}

/** The error for every request that comes after a shutdown has begun. */
export function shuttingDown(): TaskError {
  return new TaskError('shutting_down', 'The server is shutting down. Try again in a moment.', { retryAfterMs: 2_000 })
}

interface InTimeOptions extends LongTimerOptions {
  /** Milliseconds. */
  ms: number
  tooLate: () => Error
  /** Aborts when the server stops: the wait then rejects with `shutting_down`. */
  closing?: AbortSignal | undefined
}

/**
 * Settles as `work` does, or rejects with `tooLate` when the time is over. The work itself then goes on, and its result or
 * failure is ignored.
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

/** Settles as `answer` does, or rejects after `ms` milliseconds with an error that names the server in `from`. */
export function answerInTime<T>(answer: PromiseLike<T>, { from, ms }: { from: string; ms: number }): Promise<T> {
  return inTime(answer, { ms, tooLate: () => new Error(`${from} did not answer within ${ms} ms.`) })
}
