'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTask } from '../../hooks/use-task.js'
import { useTranslate } from '../../provider/use-translate.js'
import { EndedActions } from '../ended-actions.js'
import { EditAction } from '../edit-action.js'
import { inSlot } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { useFailureText } from '../use-failure-text.js'
import { DismissToast } from './dismiss-toast.js'
import { ToastFrame, type ToastProps } from './toast-frame.js'
import { PHASE_OF_KIND } from './toast-list.js'

/** A toast about one task. */
export function TaskToast(props: ToastProps): ReactNode {
  const { toast, looks, onDismiss } = props
  const translate = useTranslate()
  const { data: task } = useTask(toast.id)
  const { kind } = toast
  if (!task || kind === 'kept' || kind === 'refused') return null

  const title = looks.getTitle?.(task) ?? translate.title(task)
  const content = (
    <>
      <PhaseIcon phase={PHASE_OF_KIND[kind]} />
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
            <EditAction task={task} title={title} onDone={onDismiss} />
            <EndedActions task={task} title={title} onOpenResult={looks.onOpenResult} onDone={onDismiss} />
          </div>
        )}
      </div>
      <DismissToast title={title} onDismiss={onDismiss} />
    </>
  )
  return (
    <ToastFrame {...props} type={task.type}>
      {inSlot(looks, 'toast', task, content)}
    </ToastFrame>
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
