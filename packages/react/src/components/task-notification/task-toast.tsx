'use client'

import { type BackgroundTask, isTerminal, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTask } from '../../hooks/use-task.js'
import { foreseeTask } from '../../labels/unsent-task.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { toAppTask } from '../../queries/to-app-task.js'
import { useUnsentTasks } from '../../provider/use-unsent-tasks.js'
import { EndedActions } from '../ended-actions.js'
import { EditAction } from '../edit-action.js'
import { inSlot } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { useFailureText } from '../use-failure-text.js'
import { DismissToast } from './dismiss-toast.js'
import { ToastFrame, type ToastProps } from './toast-frame.js'
import { PHASE_OF_KIND, type ToastEntry } from './toast-list.js'

const START_LABELS = { sending: 'unsent.sending', started: 'toast.started' } as const

/** A toast about one task, from the click that asks for it to its end. */
export function TaskToast(props: ToastProps): ReactNode {
  const { toast, looks, onDismiss } = props
  const translate = useTranslate()
  const { kind } = toast
  const task = useTaskOf(toast)
  if (!task || kind === 'kept' || kind === 'refused') return null

  const isStart = kind === 'sending' || kind === 'started'
  const title = looks.getTitle?.(task) ?? translate.title(task)
  const content = (
    <>
      <PhaseIcon phase={PHASE_OF_KIND[kind]} />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{translate(isStart ? START_LABELS[kind] : `phase.${kind}`)}</p>
        <p className="brandkit-toast-text" title={title}>
          <bdi>{title}</bdi>
        </p>
        {isStart && <p className="brandkit-toast-hint">{translate('toast.startedHint')}</p>}
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

/** The task, or what a create on its way will be. */
function useTaskOf({ kind, taskIds: [id] }: ToastEntry): BackgroundTask | undefined {
  const { catalog, userId } = useTaskContext()
  const isSending = kind === 'sending'
  const { data: task } = useTask(isSending ? undefined : id)
  const unsent = useUnsentTasks().find(({ key }) => isSending && key === id)
  return unsent ? toAppTask(foreseeTask(unsent, { catalog, userId })) : task
}

function FailureHint({ task }: { task: TaskSummary }) {
  const { cause, advice } = useFailureText(task)
  return (
    <p className="brandkit-toast-hint">
      <bdi>{cause}</bdi> {advice}
    </p>
  )
}
