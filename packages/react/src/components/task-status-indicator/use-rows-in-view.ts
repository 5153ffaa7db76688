'use client'

import { type RefObject, useEffect } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'

/**
 * Tells notifications which rows can be seen now, and need no toast: those inside of the list's visible part. A page that
 * cannot tell (jsdom) names none: a toast too many is better than a failure that stays unseen.
 */
export function useRowsInView(list: RefObject<HTMLElement | null>, shownIds: readonly string[]): void {
  const { rowsInView } = useTaskContext().session
  // The ids as one value, because the list of them is a new one at every render.
  const key = shownIds.join(' ')

  useEffect(() => {
    const root = list.current
    if (!root || key === '' || !globalThis.IntersectionObserver) return undefined
    const visible = new Set<string>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const taskId = (target as HTMLElement).dataset['taskId'] ?? ''
          if (isIntersecting) visible.add(taskId)
          else visible.delete(taskId)
        }
        rowsInView.replace([...visible])
      },
      { root },
    )
    for (const row of root.querySelectorAll('[data-task-id]')) observer.observe(row)
    return () => {
      observer.disconnect()
      rowsInView.replace([])
    }
  }, [list, rowsInView, key])
}
