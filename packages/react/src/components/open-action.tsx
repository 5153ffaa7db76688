'use client'

import type { ReactNode } from 'react'
import { useTranslate } from '../labels/use-translate.js'

interface OpenActionProps {
  title: string
  onOpen: () => void
}

/** Opens the result of a completed task. */
export function OpenAction({ title, onOpen }: OpenActionProps): ReactNode {
  const translate = useTranslate()
  return (
    <button
      type="button"
      className="brandkit-button"
      aria-label={translate('action.openTask', { title })}
      onClick={onOpen}
    >
      {translate('action.open')}
    </button>
  )
}
