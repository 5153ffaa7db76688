import { listen, stopAll } from '@brandkit/client/page'

/** Pixels after which a movement is a swipe, and no longer a click or a scroll. */
const BEGINS_PX = 8
/** Pixels beyond which a release dismisses. */
const DISMISSES_PX = 48
/** A flick in pixels per millisecond dismisses sooner. */
const FLICK = 0.5
/** Elements that need the movements of the pointer themselves. Apps can mark others in their slots. */
const NOT_HERE =
  'a, button, input, select, textarea, label, summary, [contenteditable], [draggable="true"], [data-swipe-ignore]'

interface Swipe {
  pointerId: number
  x: number
  y: number
  at: number
  /** 1 if the edge of the screen is on the right of the dock, else -1. */
  towards: 1 | -1
  isMouse: boolean
  hasBegun: boolean
}

/**
 * Lets a toast follow the pointer towards the edge of the screen that its dock is at, and calls back when the toast was
 * swiped away. A mouse that is pressed on a text selects the text. Returns the function that stops it.
 */
export function watchSwipes(toast: HTMLElement, onSwiped: () => void): () => void {
  let swipe: Swipe | undefined
  const alongOf = ({ x, towards }: Swipe, event: PointerEvent) => (event.clientX - x) * towards
  const moveTo = (shift: string) => toast.style.setProperty('--toast-swipe', shift)

  function press(event: PointerEvent): void {
    const isMouse = event.pointerType === 'mouse'
    const target = event.target as Element
    if (swipe || event.button !== 0 || target.closest(NOT_HERE) || (isMouse && hasOwnText(target))) return
    const isAtStart = toast.closest<HTMLElement>('[data-position]')?.dataset['position'] === 'bottom-start'
    const isRightToLeft = getComputedStyle(toast).direction === 'rtl'
    swipe = {
      pointerId: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      at: event.timeStamp,
      towards: isAtStart === isRightToLeft ? 1 : -1,
      isMouse,
      hasBegun: false,
    }
  }

  function move(event: PointerEvent): void {
    if (event.pointerId !== swipe?.pointerId) return
    const along = alongOf(swipe, event)
    if (!swipe.hasBegun) {
      const across = Math.abs(event.clientY - swipe.y)
      // A long press has selected a text, or the movement is a scroll.
      if (hasSelection(toast) || across > Math.max(BEGINS_PX, Math.abs(along))) swipe = undefined
      if (!swipe || Math.abs(along) < BEGINS_PX) return
      swipe.hasBegun = true
      toast.setPointerCapture?.(event.pointerId)
      toast.dataset['swiping'] = ''
    }
    // The toast resists a movement away from the edge.
    moveTo(`${swipe.towards * (along > 0 ? along : -Math.sqrt(-along))}px`)
  }

  function release(event: PointerEvent): void {
    if (event.pointerId !== swipe?.pointerId) return
    const { hasBegun, towards, at } = swipe
    const along = alongOf(swipe, event)
    const isFlick = along > 2 * BEGINS_PX && along > FLICK * (event.timeStamp - at)
    swipe = undefined
    delete toast.dataset['swiping']
    if (!hasBegun) return
    if (event.type === 'pointercancel' || (along < DISMISSES_PX && !isFlick)) {
      moveTo('0px')
      return
    }
    moveTo(`${towards * 120}%`)
    onSwiped()
  }

  return stopAll(
    listen(toast, ['pointerdown'], (event) => press(event as PointerEvent)),
    listen(toast, ['pointermove'], (event) => move(event as PointerEvent)),
    listen(toast, ['pointerup', 'pointercancel'], (event) => release(event as PointerEvent)),
    // Pressed beside a text, a mouse would select the nearest one.
    listen(toast, ['selectstart'], (event) => {
      if (swipe?.isMouse) event.preventDefault()
    }),
  )
}

function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim())
}

function hasSelection(element: Element): boolean {
  const selection = getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true)
}
