'use client'

import { type FocusEventHandler, type RefObject, useLayoutEffect, useRef } from 'react'

type FocusHandlers = Record<'onFocus' | 'onBlur', FocusEventHandler<HTMLElement>>

interface FocusKeeperOptions {
  list: RefObject<HTMLElement | null>
  /** Gets the focus when the last row has gone. */
  fallback: RefObject<HTMLElement | null>
  /** Ids of the rows, in the order shown. */
  ids: readonly string[]
  /** The row that has taken a row's place, if one has. */
  successorOf: (id: string) => string | undefined
}

/**
 * Keeps keyboard users where they are: when the row that has the focus goes, its neighbour gets it; when it moves to
 * another group, it keeps it. Never takes focus from elsewhere. Give the panel the handlers that this returns.
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
    // Not when a focused element is removed: React tells of no blur then. Only a user who went elsewhere is let go, and not
    // one who went to another window.
    onBlur: ({ currentTarget }) => {
      queueMicrotask(() => {
        if (!currentTarget.contains(document.activeElement)) focusedId.current = null
      })
    },
  }
}
