import { listen } from './listen.js'

/**
 * Calls back when the page can be of use again: it became visible, the network returned, or it came out of the
 * back/forward cache. Returns the function that stops it.
 */
export function onPageWake(listener: () => void): () => void {
  const stops = [
    listen(document, ['visibilitychange'], () => document.visibilityState === 'visible' && listener()),
    listen(window, ['online', 'pageshow'], listener),
  ]
  return () => stops.forEach((stop) => stop())
}
