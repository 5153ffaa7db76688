'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useRetryTask } from '../hooks/use-retry-task.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { TaskButton } from './task-button.js'

interface EndedActionsProps {
  task: BackgroundTask
  title: string
  onOpenResult: ((task: BackgroundTask) => void) | undefined
  /** Called when the result was opened, or when the new task of a retry exists. */
  onDone?: (() => void) | undefined
}

/** The actions of a task that has ended. */
export function EndedActions({ task, title, onOpenResult, onDone }: EndedActionsProps): ReactNode {
  const open = () => {
    onOpenResult?.(task)
    onDone?.()
  }
  return (
    <>
      {task.status === 'completed' && onOpenResult && <TaskButton action="open" title={title} onClick={open} />}
      <RetryAction task={task} title={title} onDone={onDone} />
    </>
  )
}

/** Starts a failed or cancelled task again. A retry is also how users undo a cancel. */
function RetryAction({ task, title, onDone }: Omit<EndedActionsProps, 'onOpenResult'>) {
  const translate = useTranslate()
  const { announcer } = useTaskContext()
  const retry = useRetryTask()
  // The server would refuse the same input again.
  if (task.status === 'completed' || task.errorCode === 'generator_refused') return null

  const begin = () => {
    if (retry.isPending) return
    retry.mutate(task.taskId, {
      onSuccess: () => onDone?.(),
      onError: () => announcer.say({ urgency: 'assertive', text: translate('failure.retry') }),
    })
  }
  return (
    <>
      {retry.isError && <span className="brandkit-cause">{translate('failure.retry')}</span>}
      <TaskButton
        action={task.status === 'cancelled' ? 'undo' : 'retry'}
        title={title}
        aria-disabled={retry.isPending}
        onClick={begin}
      />
    </>
  )
}
