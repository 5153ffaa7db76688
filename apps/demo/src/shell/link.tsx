import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { navigate } from './navigate.ts'

/** A link within the app. With a modifier key it stays what it is: an ordinary link that opens a tab. */
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
