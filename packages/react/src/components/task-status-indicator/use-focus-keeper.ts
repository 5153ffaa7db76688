'use client'

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { listen } from '../../provider/listen.js'

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
 * another group, it keeps it. Never takes focus from elsewhere.
 */
export function useFocusKeeper({ list, fallback, ids, successorOf }: FocusKeeperOptions): void {
  const focusedId = useRef<string | null>(null)
  const earlierIds = useRef(ids)

  useEffect(() => {
    const element = list.current
    if (!element) return undefined
    const remember = ({ target }: Event) => {
      focusedId.current = (target as Element).closest<HTMLElement>('[data-task-id]')?.dataset['taskId'] ?? null
    }
    const forget = ({ target }: Event) => {
      // A removed element blurs too; only a user who went elsewhere is to be let go.
      queueMicrotask(() => {
        if ((target as Element).isConnected && !element.contains(document.activeElement)) focusedId.current = null
      })
    }
    const stops = [listen(element, ['focusin'], remember), listen(element, ['focusout'], forget)]
    return () => stops.forEach((stop) => stop())
  }, [list])

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
      ...before.slice(0, Math.max(0, position)).toReversed(),
    ]
    const next = candidates.find((taskId) => taskId !== undefined && ids.includes(taskId))
    const row =
      next === undefined ? null : list.current?.querySelector<HTMLElement>(`[data-task-id="${CSS.escape(next)}"]`)
    ;(row ?? fallback.current)?.focus()
  })
}
