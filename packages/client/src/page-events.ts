/** Whether the page is out of sight: another tab is in front of it, or the window is minimized. */
export function isPageHidden(): boolean {
  return document.visibilityState === 'hidden'
}

/** Whether the page has a network, as far as the browser tells. A browser that does not tell counts as online. */
export function isOnline(): boolean {
  const { onLine }: Partial<Navigator> = navigator
  return onLine ?? true
}

/**
 * Calls back when the page can be of use again: it became visible, the network returned, or it came out of the
 * back/forward cache. Returns the function that stops it.
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
 * Calls back when the page should leave the network alone: it was hidden or left, or has lost the network. Returns the
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

/** One function that stops all that these stop, in this order. */
export function stopAll(...stops: readonly (() => void)[]): () => void {
  return () => {
    for (const stop of stops) stop()
  }
}
