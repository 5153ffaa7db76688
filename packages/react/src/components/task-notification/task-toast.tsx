'use client'

import type { ReactNode } from 'react'
import { useTask } from '../../hooks/use-task.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { classOf, type Looks } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { DismissToast } from './dismiss-toast.js'
import { PHASE_OF_KIND } from './phase-of-kind.js'
import type { ToastEntry } from './use-task-toasts.js'

interface TaskToastProps {
  toast: ToastEntry
  looks: Looks
  onDismiss: (toastId: string) => void
}

/** A toast about one task. Not a live region: the announcer speaks, so that nothing is said twice. */
export function TaskToast({ toast, looks, onDismiss }: TaskToastProps): ReactNode {
  const { translate } = useTaskContext()
  const { data: task } = useTask(toast.id)
  if (!task) return null

  const { kind } = toast
  const title = looks.getTitle?.(task) ?? translate.title(task)
  return (
    <div
      className={classOf(looks, 'toast')}
      data-phase={PHASE_OF_KIND[kind]}
      data-type={task.type}
      data-leaving={toast.isLeaving || undefined}
    >
      <PhaseIcon phase={PHASE_OF_KIND[kind]} />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">
          <span className="brandkit-toast-kind">{translate(`toast.${kind}`)}</span> {title}
        </p>
        {kind === 'started' && <p className="brandkit-toast-text">{translate('toast.startedHint')}</p>}
        {kind === 'failed' && <p className="brandkit-toast-text">{task.lastError}</p>}
        {task.status === 'completed' && looks.renderResult?.(task)}
        {task.status === 'completed' && looks.onOpenResult && (
          <button
            type="button"
            className="brandkit-button"
            aria-label={translate('action.openTask', { title })}
            onClick={() => {
              looks.onOpenResult?.(task)
              onDismiss(toast.id)
            }}
          >
            {translate('action.open')}
          </button>
        )}
      </div>
      <DismissToast label={translate('action.dismissTask', { title })} onDismiss={() => onDismiss(toast.id)} />
    </div>
  )
}
