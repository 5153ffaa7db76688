import { startLongTimer } from '@brandkit/core'

/** Gives what `work` gives, or rejects after `timeoutMs`. The work itself goes on; its late failure is nobody's. */
export async function withinTime<T>(work: Promise<T>, { timeoutMs }: { timeoutMs: number }): Promise<T> {
  const late = Promise.withResolvers<never>()
  const stop = startLongTimer(timeoutMs, () => late.reject(new Error(`Redis did not answer within ${timeoutMs} ms.`)))
  try {
    return await Promise.race([work, late.promise])
  } finally {
    stop()
  }
}
