'use client'

import { type BackgroundTask, isTerminal, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { CrossButton } from '../cross-button.js'
import { EndedActions } from '../ended-actions.js'
import { CancelAction } from '../task-parts/cancel-action.js'

interface TaskActionsProps {
  task: TaskSummary
  title: string
  onOpenResult: ((task: BackgroundTask) => void) | undefined
}

/** The actions that a task offers now. */
export function TaskActions({ task, title, onOpenResult }: TaskActionsProps): ReactNode {
  const translate = useTranslate()
  const { session } = useTaskContext()
  if (!isTerminal(task.status)) return <CancelAction task={task} title={title} />
  return (
    <>
      <EndedActions task={task} title={title} onOpenResult={onOpenResult} />
      <CrossButton label={translate('action.dismissTask', { title })} onClick={() => session.dismiss(task.taskId)} />
    </>
  )
}
