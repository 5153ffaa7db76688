'use client'

import type { BackgroundTask, TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useRetryTask } from '../hooks/use-retry-task.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { HandOverAction } from './hand-over-action.js'
import { mayRetry } from './failure-advice.js'
import { TaskButton } from './task-button.js'

interface EndedActionsProps {
  task: TaskSummary
  title: string
  onOpenResult: ((task: BackgroundTask) => void) | undefined
  /** Called when the result was opened, or when the new task of a retry exists. */
  onDone?: (() => void) | undefined
}

/** The actions of a task that has ended, except for `EditAction`, which stands beside the advice. */
export function EndedActions({ task, title, onOpenResult, onDone }: EndedActionsProps): ReactNode {
  return (
    <>
      {task.status === 'completed' && onOpenResult && (
        <HandOverAction action="open" task={task} title={title} onRead={onOpenResult} onDone={onDone} />
      )}
      <RetryAction task={task} title={title} onDone={onDone} />
    </>
  )
}

/** Starts a failed or cancelled task again, as a new task in its place. */
function RetryAction({ task, title, onDone }: Omit<EndedActionsProps, 'onOpenResult'>) {
  const translate = useTranslate()
  const { announcer } = useTaskContext()
  const retry = useRetryTask()
  if (!mayRetry(task)) return null

  const begin = () => {
    if (retry.isPending) return
    retry.mutate(task.taskId, {
      onSuccess: () => onDone?.(),
      onError: (error) => announcer.say({ urgency: 'assertive', text: translate.failure('failure.retry', error) }),
    })
  }
  return (
    <>
      {retry.isError && <span className="brandkit-cause">{translate.failure('failure.retry', retry.error)}</span>}
      <TaskButton action="retry" title={title} aria-disabled={retry.isPending} onClick={begin} />
    </>
  )
}
