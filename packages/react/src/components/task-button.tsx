'use client'

import type { ComponentProps, ReactNode } from 'react'
import { useTranslate } from '../provider/use-translate.js'

interface TaskButtonProps extends Omit<ComponentProps<'button'>, 'title'> {
  action: 'open' | 'edit' | 'retry' | 'send' | 'discard' | 'show'
  /** The task's title, or a name for several tasks. Screen readers hear it with the action. */
  title: string
}

/** A button for an action on one task. */
export function TaskButton({ action, title, ...props }: TaskButtonProps): ReactNode {
  const translate = useTranslate()
  return (
    <button
      type="button"
      className="brandkit-button"
      aria-label={translate(`action.${action}Task`, { title })}
      {...props}
    >
      {translate(`action.${action}`)}
    </button>
  )
}
