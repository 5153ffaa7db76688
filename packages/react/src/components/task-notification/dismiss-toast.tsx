'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { CrossButton } from '../cross-button.js'

interface DismissToastProps {
  /** What the toast is about. */
  title: string
  onDismiss: () => void
}

/** Takes a toast away and hands its focus on: to the next toast, else to the pill. */
export function DismissToast({ title, onDismiss }: DismissToastProps): ReactNode {
  const translate = useTranslate()
  const dismiss = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    focusNextToast(currentTarget)
    onDismiss()
  }
  return <CrossButton label={translate('action.dismissTask', { title })} onClick={dismiss} data-brandkit-dismiss />
}

/** Moves the focus from something in a toast to the next toast, else to the pill. */
export function focusNextToast(from: HTMLElement): void {
  const dock = from.closest('.brandkit-dock')
  const toasts = [...(dock?.querySelectorAll<HTMLElement>('[data-brandkit-dismiss]') ?? [])]
  const next =
    toasts.find((toast) => !from.contains(toast)) ?? dock?.querySelector<HTMLElement>('button[aria-expanded]')
  next?.focus()
}
