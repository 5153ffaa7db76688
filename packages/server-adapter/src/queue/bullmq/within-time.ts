/** Gives what `work` gives, or rejects after `timeoutMs`. The work itself goes on; its late failure is nobody's. */
export async function withinTime<T>(work: Promise<T>, { timeoutMs }: { timeoutMs: number }): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`Redis did not answer within ${timeoutMs} ms.`)), timeoutMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
