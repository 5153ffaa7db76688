'use client'

import { type RefObject, useEffect } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'

/**
 * Tells notifications which rows are in view and need no toast: those inside the list's visible part. Pages that cannot
 * measure this (jsdom) name no rows, because an extra toast is better than an unseen failure.
 */
export function useRowsInView(list: RefObject<HTMLElement | null>, shownIds: readonly string[]): void {
  const { rowsInView } = useTaskContext().session
  // The ids as one string, because each render makes a new array.
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
