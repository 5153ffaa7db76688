'use client'

import { type RefObject, useEffect, useRef } from 'react'

/** How far below the view the next page is asked for, so that it is there when the user comes. */
const AHEAD = '480px'

/**
 * Calls back while the element is in view, or soon will be, and again after each render that `turn` names as another. Pages
 * without IntersectionObserver never call back.
 *
 * @param turn the state for which one call is enough; `null` waits
 */
export function useNearEnd(end: RefObject<HTMLElement | null>, turn: string | number | null, onNear: () => void): void {
  const latest = useRef(onNear)
  useEffect(() => {
    latest.current = onNear
  })

  useEffect(() => {
    if (turn === null || !end.current || !globalThis.IntersectionObserver) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [end, turn])
}
