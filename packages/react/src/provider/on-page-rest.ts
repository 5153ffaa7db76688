import { listen } from './listen.js'

/**
 * Calls back when the page should leave the network alone: it was hidden or left, or has lost the network. Returns the
 * function that stops it.
 */
export function onPageRest(listener: () => void): () => void {
  const stops = [
    listen(document, ['visibilitychange'], () => document.visibilityState === 'hidden' && listener()),
    listen(window, ['offline', 'pagehide'], listener),
  ]
  return () => stops.forEach((stop) => stop())
}
