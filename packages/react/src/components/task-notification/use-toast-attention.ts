'use client'

import { listen } from '@brandkit/client/page'
import { type FocusEvent, type MouseEvent, useEffect, useState } from 'react'
import { usePageHidden } from '../use-page-hidden.js'

interface ToastAttention {
  /** Whether the time of the toasts stands still. */
  isHeld: boolean
  /** Whether the stack is fanned out. */
  isNear: boolean
  handlers: {
    onPointerEnter: () => void
    onPointerLeave: () => void
    onFocus: (event: FocusEvent) => void
    onBlur: () => void
    onClick: (event: MouseEvent<HTMLElement>) => void
  }
}

/**
 * Whether a person attends to the toasts: points at them, has the keyboard in them, or has tapped on them and nowhere
 * else since. Give the handlers to the element around them.
 */
export function useToastAttention(): ToastAttention {
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const [tapped, setTapped] = useState<Element | null>(null)
  const isHidden = usePageHidden()

  useEffect(() => {
    if (!tapped) return undefined
    return listen(document, ['pointerdown'], ({ target }) => {
      if (!tapped.contains(target as Node)) setTapped(null)
    })
  }, [tapped])

  const isNear = isPointed || isFocused || tapped !== null
  return {
    isNear,
    isHeld: isNear || isHidden,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      // A mouse that dismisses a toast leaves the focus in the next one, which must not stay for that.
      onFocus: ({ target }) => setFocused(target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
      onClick: ({ target, currentTarget }) => {
        if (!(target as Element).closest('a, button')) setTapped(currentTarget)
      },
    },
  }
}
