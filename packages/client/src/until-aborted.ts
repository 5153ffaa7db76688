import { reasonOf } from './abort-signals.js'

/** Waits for somebody else's promise, but no longer than the signal allows; rejects with the signal's reason. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal))
    // What becomes of the promise afterwards is heard too: a rejection that nobody hears would end a Node process.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}
