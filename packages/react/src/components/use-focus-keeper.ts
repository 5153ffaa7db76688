'use client'

import { type FocusEventHandler, type RefObject, useLayoutEffect, useRef } from 'react'

type FocusHandlers = Record<'onFocus' | 'onBlur', FocusEventHandler<HTMLElement>>

interface FocusKeeperOptions {
  list: RefObject<HTMLElement | null>
  /** Gets the focus when the last row has gone. */
  fallback: RefObject<HTMLElement | null>
  /** Ids of the rows, in the order shown. */
  ids: readonly string[]
  /** The row that has replaced the given row, if any. */
  successorOf: (id: string) => string | undefined
}

/**
 * Keeps the focus of keyboard users in the list. If the focused row goes, its neighbour gets the focus; if the row
 * moves to another group, it keeps the focus. Never takes focus from elsewhere. Give the panel the returned handlers.
 */
export function useFocusKeeper({ list, fallback, ids, successorOf }: FocusKeeperOptions): FocusHandlers {
  const focusedId = useRef<string | null>(null)
  const earlierIds = useRef(ids)

  useLayoutEffect(() => {
    const before = earlierIds.current
    earlierIds.current = ids
    const lost = focusedId.current
    if (lost === null || (document.activeElement !== document.body && document.activeElement !== null)) return
    const position = before.indexOf(lost)
    const candidates = [
      lost,
      successorOf(lost),
      ...before.slice(position + 1),
      ...before.slice(0, position).toReversed(),
    ]
    const next = candidates.find((taskId) => taskId !== undefined && ids.includes(taskId))
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-task-id]') ?? [])]
    const row = rows.find(({ dataset }) => dataset['taskId'] === next)
    ;(row ?? fallback.current)?.focus()
  })

  return {
    onFocus: ({ target }) => {
      focusedId.current = target.closest<HTMLElement>('[data-task-id]')?.dataset['taskId'] ?? null
    },
    // React reports no blur when a focused element is removed, so this runs only for users who moved the focus. Users
    // who switch to another window keep their row.
    onBlur: ({ currentTarget }) => {
      queueMicrotask(() => {
        if (!currentTarget.contains(document.activeElement)) focusedId.current = null
      })
    },
  }
}
