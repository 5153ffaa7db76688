'use client'

import { listen, stopAll } from '@brandkit/client/page'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

interface MenuPlaceOptions {
  list: RefObject<HTMLElement | null>
  button: RefObject<HTMLElement | null>
  /** The item that has the focus first. */
  beginAt: 'first' | 'last'
  onClose: () => void
}

/** Between menu and button, and between menu and the edge of the window, in pixels. */
const GAP = 4
const EDGE = 8

/** Shows a menu in the top layer beside its button, and closes it when the user presses elsewhere, scrolls or resizes. */
export function useMenuPlace({ list, button, beginAt, onClose }: MenuPlaceOptions): void {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })

  useLayoutEffect(() => {
    if (!list.current || !button.current) return
    // Browsers without popovers show the menu where it is.
    list.current.showPopover?.()
    place(list.current, button.current)
    const items = [...list.current.querySelectorAll<HTMLElement>('[role="menuitem"]')]
    items.at(beginAt === 'first' ? 0 : -1)?.focus({ preventScroll: true })
  }, [list, button, beginAt])

  useEffect(() => {
    const closeOutside = ({ target }: Event) => {
      const isInside = [list, button].some(({ current }) => current?.contains(target as Node))
      if (!isInside) close.current()
    }
    return stopAll(
      listen(document, ['pointerdown', 'focusin'], closeOutside),
      listen(globalThis.window, ['resize'], () => close.current()),
      // Scroll events of inner lists do not bubble.
      captureScroll(() => close.current()),
    )
  }, [list, button])
}

function captureScroll(onScroll: () => void): () => void {
  document.addEventListener('scroll', onScroll, true)
  return () => document.removeEventListener('scroll', onScroll, true)
}

/** Below the button and level with its end, or above it where there is no room. */
function place(list: HTMLElement, button: HTMLElement): void {
  const from = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = list
  const isRtl = getComputedStyle(button).direction === 'rtl'
  const x = Math.min(innerWidth - width - EDGE, isRtl ? from.left : from.right - width)
  const below = from.bottom + GAP
  const y = below + height > innerHeight - EDGE ? from.top - GAP - height : below
  list.style.translate = `${Math.round(Math.max(EDGE, x))}px ${Math.round(Math.max(EDGE, y))}px`
}
