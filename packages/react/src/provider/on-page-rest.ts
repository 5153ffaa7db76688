import { isPageHidden } from './is-page-hidden.js'
import { listen } from './listen.js'
import { stopAll } from './stop-all.js'

/**
 * Calls back when the page should leave the network alone: it was hidden or left, or has lost the network. Returns the
 * function that stops it.
 */
export function onPageRest(listener: () => void): () => void {
  return stopAll(
    listen(document, ['visibilitychange'], () => isPageHidden() && listener()),
    listen(window, ['offline', 'pagehide'], listener),
  )
}
