/** Whether nobody can see the page: another tab is in front of it, or the window is minimized. */
export function isPageHidden(): boolean {
  return document.visibilityState === 'hidden'
}
