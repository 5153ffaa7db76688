'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import { type ReactNode, useRef } from 'react'
import { useTask } from '../../hooks/use-task.js'
import { useTranslate } from '../../provider/use-translate.js'
import { EndedActions } from '../ended-actions.js'
import { inSlot, type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { useFocusHandover } from '../use-focus-handover.js'
import { useFailureText } from '../use-failure-text.js'
import { DismissToast, focusNextToast } from './dismiss-toast.js'
import { PHASE_OF_KIND, type ToastEntry } from './toast-list.js'

interface TaskToastProps {
  toast: ToastEntry
  looks: Looks
  onDismiss: () => void
}

/** A toast about one task. It is no live region: the announcer speaks, so that screen readers hear everything once. */
export function TaskToast({ toast, looks, onDismiss }: TaskToastProps): ReactNode {
  const translate = useTranslate()
  const { data: task } = useTask(toast.id)
  const root = useRef<HTMLDivElement>(null)
  useFocusHandover(root, focusNextToast)
  if (!task) return null

  const { kind } = toast
  const phase = PHASE_OF_KIND[kind]
  const title = looks.getTitle?.(task) ?? translate.title(task)
  const content = (
    <>
      <PhaseIcon phase={phase} />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{translate(kind === 'started' ? 'toast.started' : `phase.${kind}`)}</p>
        <p className="brandkit-toast-text" title={title}>
          <bdi>{title}</bdi>
        </p>
        {kind === 'started' && <p className="brandkit-toast-hint">{translate('toast.startedHint')}</p>}
        {kind === 'failed' && <FailureHint task={task} />}
        {task.status === 'completed' && looks.renderResult?.(task)}
        {isTerminal(task.status) && (
          <div className="brandkit-toast-actions">
            <EndedActions task={task} title={title} onOpenResult={looks.onOpenResult} onDone={onDismiss} />
          </div>
        )}
      </div>
      <DismissToast title={title} onDismiss={onDismiss} />
    </>
  )
  return (
    <div
      ref={root}
      {...partProps(looks, 'toast', { phase, type: task.type })}
      data-leaving={toast.isLeaving || undefined}
    >
      {inSlot(looks, 'toast', task, content)}
    </div>
  )
}

function FailureHint({ task }: { task: TaskSummary }) {
  const { cause, advice } = useFailureText(task)
  return (
    <p className="brandkit-toast-hint">
      <bdi>{cause}</bdi> {advice}
    </p>
  )
}
