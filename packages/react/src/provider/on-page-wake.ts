/**
 * Calls back when the page can be of use again: it became visible, the network returned, or it came out of the
 * back/forward cache. Returns the function that stops it.
 */
export function onPageWake(listener: () => void): () => void {
  const whenVisible = () => {
    if (document.visibilityState === 'visible') listener()
  }
  document.addEventListener('visibilitychange', whenVisible)
  window.addEventListener('online', listener)
  window.addEventListener('pageshow', listener)
  return () => {
    document.removeEventListener('visibilitychange', whenVisible)
    window.removeEventListener('online', listener)
    window.removeEventListener('pageshow', listener)
  }
}
