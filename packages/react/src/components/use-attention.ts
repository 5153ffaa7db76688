'use client'

import { useState } from 'react'
import { usePageHidden } from './use-page-hidden.js'

interface AttentionHandlers {
  onPointerEnter: () => void
  onPointerLeave: () => void
  onFocus: () => void
  onBlur: () => void
}

/**
 * Whether the time of rows must stand still: while the user points at the element, has the focus in it, or looks at
 * another tab. Give the handlers to the element.
 */
export function useAttention(): { isHeld: boolean; handlers: AttentionHandlers } {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const hidden = usePageHidden()
  return {
    isHeld: pointed || focused || hidden,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  }
}
