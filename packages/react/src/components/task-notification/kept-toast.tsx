'use client'

import type { ReactNode } from 'react'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { labelOfUnsent, titleOfUnsent } from '../../labels/unsent-task.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useUnsentTasks } from '../../provider/use-unsent-tasks.js'
import { PhaseIcon } from '../phase-icon.js'
import { SignInButton } from '../sign-in-button.js'
import { DismissToast } from './dismiss-toast.js'
import { ToastFrame, type ToastProps } from './toast-frame.js'

/** A toast about a create that is kept: when it will start, and what the user can do for it. */
export function KeptToast(props: ToastProps): ReactNode {
  const { toast, looks, onDismiss } = props
  const translate = useTranslate()
  const { catalog } = useTaskContext()
  const { state } = useTaskConnection()
  const unsent = useUnsentTasks().find(({ key }) => key === toast.taskIds[0])
  // It was sent or discarded.
  if (!unsent) return null

  const title = titleOfUnsent(unsent, { catalog, translate, getTitle: looks.getTitle })
  return (
    <ToastFrame {...props} type={unsent.input.type}>
      <PhaseIcon phase="waiting" />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{translate(labelOfUnsent(unsent, state))}</p>
        <p className="brandkit-toast-text" title={title}>
          <bdi>{title}</bdi>
        </p>
        {state === 'auth-required' && (
          <div className="brandkit-toast-actions">
            <SignInButton onFocusLost={focusDismiss} />
          </div>
        )}
      </div>
      <DismissToast title={title} onDismiss={onDismiss} />
    </ToastFrame>
  )
}

/** The toast may outlive its button by a moment. */
function focusDismiss(from: HTMLElement) {
  from.closest('.brandkit-toast')?.querySelector<HTMLElement>('[data-brandkit-dismiss]')?.focus()
}
