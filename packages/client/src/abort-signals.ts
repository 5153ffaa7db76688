// `AbortSignal.any` exists since 2024 only, and incomplete test browsers lack `throwIfAborted` and `reason`.

/** A signal that aborts as soon as any of the given signals does. */
export function joinSignals(...signals: readonly AbortSignal[]): AbortSignal {
  if (AbortSignal.any) return AbortSignal.any([...signals])
  const joint = new AbortController()
  for (const signal of signals) {
    if (signal.aborted) joint.abort(reasonOf(signal))
    signal.addEventListener('abort', () => joint.abort(reasonOf(signal)), { once: true, signal: joint.signal })
  }
  return joint.signal
}

/** @throws the signal's reason, once it is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal)
}

/** Why a signal was aborted. */
export function reasonOf(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException('The operation was aborted.', 'AbortError')
}

/** Waits for a promise of other code until the signal aborts; then rejects with the signal's reason. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal))
    // The promise keeps its handlers after an abort, because an unhandled rejection would end a Node process.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  })
}
