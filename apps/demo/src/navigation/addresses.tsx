import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { navigate as goTo } from 'wouter/use-browser-location'
import { sectionPath, taskPath } from '../sections/section-path.ts'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { TYPE_PREFIX } from '../language/language.ts'

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

interface Named {
  taskId: string
  type: BrandTaskType
}

/** Opens a task's page. */
export function openTask(task: Named): void {
  navigate(taskPath(task))
}

/** Whether the page shows something other than this task. A visible task needs no notification. */
export function isElsewhere(task: Named): boolean {
  return location.pathname !== taskPath(task)
}

/** A task's title without its type, for lists of one type: "Media plan: Spring" becomes "Spring". */
export function plainTitle({ title }: { title: string }): string {
  return title.replace(TYPE_PREFIX, '')
}

/** The form with the brief of a task. `edit` replaces a task that went wrong; `copy` makes another one beside it. */
export function formPath({ taskId, type }: Named, purpose: 'edit' | 'copy'): string {
  return `/${sectionPath(type)}/new?${new URLSearchParams({ [purpose]: taskId }).toString()}`
}
