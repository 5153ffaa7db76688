import { useMemo, useSyncExternalStore } from 'react'

export type Route = { page: 'media-plan' } | { page: 'plan'; taskId: string } | { page: 'not-found' }

/** What a path shows. */
export function toRoute(pathname: string): Route {
  const [section = 'media-plan', taskId, ...rest] = pathname.split('/').filter((part) => part !== '')
  if (section !== 'media-plan' || rest.length > 0) return { page: 'not-found' }
  return taskId === undefined ? { page: 'media-plan' } : { page: 'plan', taskId }
}

/** Where the app is. Follows links, the back button and `navigate`. */
export function useRoute(): Route {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname)
  return useMemo(() => toRoute(pathname), [pathname])
}

/** Goes to a path of the app without loading the page again. */
export function navigate(path: string): void {
  if (path === location.pathname) return
  history.pushState(null, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
  window.scrollTo(0, 0)
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}
