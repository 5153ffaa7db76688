'use client'

import { listen } from '@brandkit/client/page'
import { useEffect, useRef } from 'react'

/**
 * Calls back on Escape while nothing has the focus. That happens after a click beside the controls, after the focused
 * element was removed, and in browsers that do not focus clicked buttons. While the app has the focus, the key belongs
 * to the app.
 */
export function useStrayEscape(onEscape: () => void): void {
  const latest = useRef(onEscape)
  useEffect(() => {
    latest.current = onEscape
  })

  useEffect(
    () =>
      listen(document, ['keydown'], (event) => {
        const isStray = event.target === document.body || event.target === document.documentElement
        if ((event as KeyboardEvent).key === 'Escape' && isStray && !event.defaultPrevented) latest.current()
      }),
    [],
  )
}
