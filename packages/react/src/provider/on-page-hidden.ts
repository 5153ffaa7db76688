/** Calls back when the page is hidden, also if it is already. Returns the function that stops it. */
export function onPageHidden(listener: () => void): () => void {
  const whenHidden = () => {
    if (document.visibilityState === 'hidden') listener()
  }
  whenHidden()
  document.addEventListener('visibilitychange', whenHidden)
  return () => document.removeEventListener('visibilitychange', whenHidden)
}
