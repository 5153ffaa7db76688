'use client'

import type { ReactNode } from 'react'
import { titleOfUnsent } from '../../labels/unsent-task.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useUnsentTasks } from '../../provider/use-unsent-tasks.js'
import { PhaseIcon } from '../phase-icon.js'
import { RefusedActions } from '../refused-actions.js'
import { DismissToast } from './dismiss-toast.js'
import { ToastFrame, type ToastProps } from './toast-frame.js'

/** A toast about a kept create that the server has refused: why, and what the user can do. */
export function RefusedToast(props: ToastProps): ReactNode {
  const { toast, looks, onDismiss } = props
  const translate = useTranslate()
  const { catalog } = useTaskContext()
  const unsent = useUnsentTasks().find(({ key }) => key === toast.taskIds[0])
  // It was sent again or discarded.
  if (!unsent?.refusal) return null

  const title = titleOfUnsent(unsent, { catalog, translate, getTitle: looks.getTitle })
  return (
    <ToastFrame {...props} type={unsent.input.type}>
      <PhaseIcon phase="failed" />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{translate('unsent.refused')}</p>
        <p className="brandkit-toast-text" title={title}>
          <bdi>{title}</bdi>
        </p>
        <p className="brandkit-toast-hint">{translate.problem(unsent.refusal)}</p>
        <div className="brandkit-toast-actions">
          <RefusedActions unsent={unsent} title={title} />
        </div>
      </div>
      <DismissToast title={title} onDismiss={onDismiss} />
    </ToastFrame>
  )
}
