// `AbortSignal.any` is of 2024, and `throwIfAborted` and `reason` are missing where a test has half of a browser.

/** A signal that is aborted with the first of these. */
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
