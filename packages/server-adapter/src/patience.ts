import { startLongTimer } from '@brandkit/core'

/** How long a part that does not give way may hold up a shutdown, in milliseconds. */
export const STUBBORN_MS = 5_000

/**
 * How long a statement may take, in milliseconds, unless it is of a migration: of a server that vanishes without a word
 * (failover, partition), TCP itself takes a quarter of an hour to notice.
 */
export const LONGEST_STATEMENT_MS = 60_000

/** Waits until all of `work` has ended, well or badly, but no longer than `ms`. */
export async function within(ms: number, work: Iterable<Promise<unknown>>): Promise<void> {
  const { promise: tooLate, resolve } = Promise.withResolvers<void>()
  const stop = startLongTimer(ms, resolve)
  await Promise.race([tooLate, Promise.allSettled(work)])
  stop()
}
