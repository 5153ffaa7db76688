'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { CrossButton } from '../cross-button.js'

interface DismissToastProps {
  /** Names the subject of the toast. */
  title: string
  onDismiss: () => void
}

/** Dismisses a toast and moves its focus to the next toast, or to the pill if it was the last one. */
export function DismissToast({ title, onDismiss }: DismissToastProps): ReactNode {
  const translate = useTranslate()
  const dismiss = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    focusNextToast(currentTarget)
    onDismiss()
  }
  return <CrossButton label={translate('action.dismissTask', { title })} onClick={dismiss} data-brandkit-dismiss />
}

/** Moves the focus from inside a toast to the next toast, or to the pill after the last one. */
export function focusNextToast(from: HTMLElement): void {
  const dock = from.closest('.brandkit-dock')
  const toasts = [...(dock?.querySelectorAll<HTMLElement>('[data-brandkit-dismiss]') ?? [])]
  const next =
    toasts.find((toast) => !from.contains(toast)) ?? dock?.querySelector<HTMLElement>('button[aria-expanded]')
  next?.focus()
}
