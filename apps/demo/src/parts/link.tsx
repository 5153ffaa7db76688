import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { navigate as goTo } from 'wouter/use-browser-location'

/** Opens a path of the app without loading the page again. */
export function navigate(path: string): void {
  if (path === location.pathname + location.search) return
  goTo(path, { state: { isFromHere: true } })
  window.scrollTo(0, 0)
}

/** Replaces the address: no new entry for the back button, and no scrolling. */
export function replacePath(path: string): void {
  goTo(path, { replace: true, state: history.state })
}

/** Leaves a page that was opened over `path`: back to the previous page, or to `path` for a user who came by a link. */
export function leaveTo(path: string): void {
  const { isFromHere } = (history.state ?? {}) as { isFromHere?: boolean }
  if (isFromHere) history.back()
  if (!isFromHere) replacePath(path)
}

/** A link within the app. With a modifier key it behaves like an ordinary link that opens a tab. */
export function Link({ href, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  )
}
