import { createBackoffPolicy, isTaskError, type TaskLogger } from '@brandkit/core'
import { pause } from '../../patience.js'

const backoff = createBackoffPolicy({ baseMs: 100, ceilingMs: 5_000 })

/**
 * Repeats a write until the store accepts it, so that a restart of the database loses no finished work. The heartbeat
 * continues meanwhile. Ends early only on another error, or when `signal` aborts.
 */
export async function persist<T>(
  write: () => Promise<T>,
  { signal, logger }: { signal: AbortSignal; logger: TaskLogger },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isTaskError(error) || error.code !== 'store_unavailable' || signal.aborted) throw error
      logger.warn('The store cannot be reached; the write is kept and tried again', { attempt })
      await pause(backoff.delayMs(attempt), signal)
      if (signal.aborted) throw error
    }
  }
}
