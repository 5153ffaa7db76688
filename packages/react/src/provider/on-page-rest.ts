/** Calls back when the page should leave the network alone: it was hidden, or has lost it. Returns the function that stops it. */
export function onPageRest(listener: () => void): () => void {
  const whenHidden = () => {
    if (document.visibilityState === 'hidden') listener()
  }
  document.addEventListener('visibilitychange', whenHidden)
  window.addEventListener('offline', listener)
  window.addEventListener('pagehide', listener)
  return () => {
    document.removeEventListener('visibilitychange', whenHidden)
    window.removeEventListener('offline', listener)
    window.removeEventListener('pagehide', listener)
  }
}
