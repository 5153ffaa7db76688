'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useRetryTask } from '../../hooks/use-retry-task.js'
import { useTranslate } from '../../labels/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { TaskButton } from '../task-button.js'

interface RetryActionProps {
  task: BackgroundTask
  title: string
  /** Called when the new task is there. */
  onDone?: (() => void) | undefined
}

/** Starts a failed task again, or one that was cancelled: that is how a cancel is undone. */
export function RetryAction({ task, title, onDone }: RetryActionProps): ReactNode {
  const translate = useTranslate()
  const { announcer } = useTaskContext()
  const retry = useRetryTask()
  // The same input would be refused again.
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
