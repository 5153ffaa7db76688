'use client'

import type { ReactNode } from 'react'
import { usePageTranslate } from '../../provider/use-page-translate.js'

interface DeleteButtonProps {
  /** The task's title. */
  title: string
  onClick: () => void
}

/** Deletes a task. A picture, because each row of a list has it and few people need it. */
export function DeleteButton({ title, onClick }: DeleteButtonProps): ReactNode {
  const translate = usePageTranslate()
  const label = translate('history.deleteTask', { title })
  return (
    <button type="button" className="brandkit-icon-button" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v3.8M9.2 7v3.8" />
      </svg>
    </button>
  )
}
