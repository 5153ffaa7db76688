/** Waits for somebody else's promise, but no longer than the signal allows; rejects with the signal's reason. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  if (signal.aborted) {
    // What becomes of it is nobody's business any more, but a rejection that nobody hears would end a Node process.
    promise.catch(() => {})
    throw signal.reason as Error
  }

  const over = new AbortController()
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    over.abort()
  }
}
