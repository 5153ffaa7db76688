import { useMemo, useSyncExternalStore } from 'react'
import { findSectionByPath } from '../sections/sections.ts'

export type Route =
  | { page: 'overview' }
  | { page: 'section'; path: string; isFormOpen: boolean }
  | { page: 'task'; path: string; taskId: string }
  | { page: 'history' }
  | { page: 'batch'; batchId: string }
  | { page: 'operations' }
  | { page: 'not-found' }

/** What a path shows. */
export function toRoute(pathname: string): Route {
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '')
  if (first === undefined) return { page: 'overview' }
  if (rest.length > 0) return { page: 'not-found' }
  if (first === 'batch' && second !== undefined) return { page: 'batch', batchId: second }
  if (findSectionByPath(first)) {
    if (second === undefined || second === 'new')
      return { page: 'section', path: first, isFormOpen: second !== undefined }
    return { page: 'task', path: first, taskId: second }
  }
  if (second !== undefined) return { page: 'not-found' }
  if (first === 'history') return { page: 'history' }
  return first === 'ops' ? { page: 'operations' } : { page: 'not-found' }
}

/** Where the app is. Follows links, the back button and `navigate`. */
export function useRoute(): Route {
  const pathname = usePathname()
  return useMemo(() => toRoute(pathname), [pathname])
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname)
}

/** The query of the address, as it is now. */
export function useSearch(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search)
  return useMemo(() => new URLSearchParams(search), [search])
}

/** Goes to a path of the app without loading the page again. */
export function navigate(path: string): void {
  if (path === location.pathname + location.search) return
  history.pushState({ isFromHere: true }, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
  window.scrollTo(0, 0)
}

/** Changes the address without a step that the back button would return to, and without moving the page. */
export function replacePath(path: string): void {
  history.replaceState(history.state, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
}

/** Leaves a page that was opened over `path`: back where one came from, or there when one came by a link. */
export function leaveTo(path: string): void {
  const { isFromHere } = (history.state ?? {}) as { isFromHere?: boolean }
  if (isFromHere) history.back()
  if (!isFromHere) replacePath(path)
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}
