'use client'

import { type FocusEvent, useRef } from 'react'

/** Remembers where the focus came from, and returns it there when the indicator disappears. */
export function useFocusReturn(): { remember: (event: FocusEvent<HTMLElement>) => void; giveBack: () => void } {
  const cameFrom = useRef<HTMLElement | null>(null)
  return {
    remember: ({ currentTarget, relatedTarget }) => {
      if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
        cameFrom.current = relatedTarget
    },
    giveBack: () => cameFrom.current?.focus(),
  }
}
