/** Whether the page has a network, as far as the browser tells: some say nothing. */
export function isOnline(): boolean {
  const { onLine }: Partial<Navigator> = navigator
  return onLine ?? true
}
