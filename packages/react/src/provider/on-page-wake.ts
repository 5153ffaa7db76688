import { isPageHidden } from './is-page-hidden.js'
import { listen } from './listen.js'
import { stopAll } from './stop-all.js'

/**
 * Calls back when the page can be of use again: it became visible, the network returned, or it came out of the
 * back/forward cache. Returns the function that stops it.
 */
export function onPageWake(listener: () => void): () => void {
  return stopAll(
    listen(document, ['visibilitychange'], () => isPageHidden() || listener()),
    listen(window, ['online', 'pageshow'], listener),
  )
}
