'use client'

import type { MouseEvent, ReactNode } from 'react'
import { CrossButton } from '../cross-button.js'

interface DismissToastProps {
  label: string
  onDismiss: () => void
}

/** Takes a toast away and hands its focus on: to the next toast, else to the pill. */
export function DismissToast({ label, onDismiss }: DismissToastProps): ReactNode {
  const dismiss = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const dock = currentTarget.closest('.brandkit-dock')
    const toasts = [...(dock?.querySelectorAll<HTMLElement>('[data-brandkit-dismiss]') ?? [])]
    const next =
      toasts.find((other) => other !== currentTarget) ?? dock?.querySelector<HTMLElement>('button[aria-expanded]')
    next?.focus()
    onDismiss()
  }
  return <CrossButton label={label} onClick={dismiss} data-brandkit-dismiss />
}
