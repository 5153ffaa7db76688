'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { type Looks, partProps } from '../looks.js'
import { useFocusHandover } from '../use-focus-handover.js'
import type { ToastStack } from './create-toast-stack.js'
import { focusNextToast } from './focus-next-toast.js'
import { PHASE_OF_KIND, type ToastEntry } from './toast-list.js'
import { watchSwipes } from './watch-swipes.js'

/** What every toast gets from the list. */
export interface ToastProps {
  toast: ToastEntry
  looks: Looks
  stack: ToastStack
  onDismiss: () => void
}

/**
 * An item in the list of toasts: it takes its place in the stack, can be swiped away, and goes on Escape. It is no live
 * region: the announcer speaks, so that screen readers hear everything once.
 */
export function ToastFrame(props: ToastProps & { type: string; children: ReactNode }): ReactNode {
  const { toast, looks, stack, type, onDismiss, children } = props
  const root = useRef<HTMLLIElement>(null)
  const dismiss = useRef(onDismiss)
  useFocusHandover(root, focusNextToast)
  useEffect(() => {
    dismiss.current = onDismiss
  })
  // The height depends on the content, so the stack is arranged again after each render.
  useLayoutEffect(() => {
    if (root.current) stack.arrangeAround(root.current)
  })
  useEffect(() => (root.current ? stack.watch(root.current) : undefined), [stack])
  useEffect(() => {
    const element = root.current
    if (!element) return undefined
    return watchSwipes(element, () => {
      if (element.contains(document.activeElement)) focusNextToast(element)
      dismiss.current()
    })
  }, [])

  const dismissOnEscape = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    focusNextToast(event.currentTarget)
    onDismiss()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- catches Escape of the controls inside
    <li
      ref={root}
      {...partProps(looks, 'toast', { phase: PHASE_OF_KIND[toast.kind], type })}
      data-leaving={toast.isLeaving || undefined}
      onKeyDown={dismissOnEscape}
    >
      {children}
    </li>
  )
}
