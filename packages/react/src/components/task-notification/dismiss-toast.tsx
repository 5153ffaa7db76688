'use client'

import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { CrossButton } from '../cross-button.js'
import { focusNextToast } from './focus-next-toast.js'

interface DismissToastProps {
  /** Names the subject of the toast. */
  title: string
  onDismiss: () => void
}

/** Dismisses a toast and moves its focus to the next toast, or to the pill if it was the last one. */
export function DismissToast({ title, onDismiss }: DismissToastProps): ReactNode {
  const translate = useTranslate()
  return (
    <CrossButton
      label={translate('action.dismissTask', { title })}
      onClick={({ currentTarget }) => {
        focusNextToast(currentTarget)
        onDismiss()
      }}
      data-brandkit-dismiss
    />
  )
}
