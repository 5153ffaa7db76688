'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Hands the focus on when the element goes away while the focus is inside of it; a browser would leave it nowhere. */
export function useFocusHandover(element: RefObject<HTMLElement | null>, handOn: (from: HTMLElement) => void): void {
  const latest = useRef(handOn)
  useLayoutEffect(() => {
    latest.current = handOn
  })

  useLayoutEffect(
    // React ends effects before it removes what they belong to.
    () => () => {
      const from = element.current
      if (from?.contains(document.activeElement)) latest.current(from)
    },
    [element],
  )
}
