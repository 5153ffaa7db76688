import { createBackoffPolicy, isTaskError, type TaskLogger } from '@brandkit/core'
import { pause } from '../../patience.js'

const backoff = createBackoffPolicy({ baseMs: 100, ceilingMs: 5_000 })

/**
 * Repeats a write until the store takes it: work that is done is not thrown away because the database restarts. The
 * heart goes on beating meanwhile. Ends early only by another error, or when `signal` gives up.
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
