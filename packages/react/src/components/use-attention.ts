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
 * Whether what passes by itself must wait: while the user points at it, is inside of it with the keyboard, or looks at
 * another tab. Give the handlers to the element around it.
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
