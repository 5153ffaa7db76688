import { isTaskError } from '@brandkit/core'
import { setTimeout as pause } from 'node:timers/promises'

/** Repeats the call until it succeeds, as a client with an idempotency key does. */
export async function persist<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (isTaskError(error) && !error.retryable) throw error
      await pause(100)
    }
  }
}
