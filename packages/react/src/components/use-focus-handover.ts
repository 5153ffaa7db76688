'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Moves the focus on when the focused element is removed; browsers would drop it. */
export function useFocusHandover(element: RefObject<HTMLElement | null>, handOn: (from: HTMLElement) => void): void {
  const latest = useRef(handOn)
  useLayoutEffect(() => {
    latest.current = handOn
  })

  useLayoutEffect(
    // React runs cleanups before it removes the element.
    () => () => {
      const from = element.current
      if (from?.contains(document.activeElement)) latest.current(from)
    },
    [element],
  )
}
