'use client'

import { isPageHidden, listen } from '@brandkit/client/page'
import { useState, useSyncExternalStore } from 'react'

interface AttentionHandlers {
  onPointerEnter: () => void
  onPointerLeave: () => void
  onFocus: () => void
  onBlur: () => void
}

/**
 * Whether the time of toasts and rows must stand still: while the user points at the element, has the keyboard focus in
 * it, or looks at another tab. Give the handlers to the element.
 */
export function useAttention(): { isHeld: boolean; handlers: AttentionHandlers } {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const hidden = useSyncExternalStore(subscribe, isPageHidden, isServerHidden)
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

function subscribe(listener: () => void) {
  return listen(document, ['visibilitychange'], listener)
}

const isServerHidden = () => false
