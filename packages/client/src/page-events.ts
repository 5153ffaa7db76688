/** Whether the page is hidden: behind another tab, or in a minimized window. */
export function isPageHidden(): boolean {
  return document.visibilityState === 'hidden'
}

/** Whether the browser reports a network. Without a report, the page counts as online. */
export function isOnline(): boolean {
  const { onLine }: Partial<Navigator> = navigator
  return onLine ?? true
}

/**
 * Calls back when the page is useful again: it became visible, the network returned, or it left the back/forward cache.
 * Returns the function that stops it.
 */
export function onPageWake(listener: () => void): () => void {
  const whenVisibilityChanges = () => {
    if (!isPageHidden()) listener()
  }
  return stopAll(
    listen(document, ['visibilitychange'], whenVisibilityChanges),
    listen(window, ['online', 'pageshow'], listener),
  )
}

/**
 * Calls back when the page should stop its requests: it was hidden or left, or the network is gone. Returns the
 * function that stops it.
 */
export function onPageRest(listener: () => void): () => void {
  const whenVisibilityChanges = () => {
    if (isPageHidden()) listener()
  }
  return stopAll(
    listen(document, ['visibilitychange'], whenVisibilityChanges),
    listen(window, ['offline', 'pagehide'], listener),
  )
}

/** Calls back at any of these events. Returns the function that stops it. */
export function listen(target: EventTarget, types: readonly string[], listener: (event: Event) => void): () => void {
  for (const type of types) target.addEventListener(type, listener)
  return () => {
    for (const type of types) target.removeEventListener(type, listener)
  }
}

/** One function that calls the given stop functions in order. */
export function stopAll(...stops: readonly (() => void)[]): () => void {
  return () => {
    for (const stop of stops) stop()
  }
}
