'use client'

import type { MouseEvent, ReactNode } from 'react'
import { useTranslate } from '../../labels/use-translate.js'
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
    const dock = currentTarget.closest('.brandkit-dock')
    const toasts = [...(dock?.querySelectorAll<HTMLElement>('[data-brandkit-dismiss]') ?? [])]
    const next =
      toasts.find((other) => other !== currentTarget) ?? dock?.querySelector<HTMLElement>('button[aria-expanded]')
    next?.focus()
    onDismiss()
  }
  return <CrossButton label={translate('action.dismissTask', { title })} onClick={dismiss} data-brandkit-dismiss />
}
