'use client'

import { type BackgroundTask, hasContent, type TaskJson, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useRetryTask } from '../hooks/use-retry-task.js'
import { useTaskMutation } from '../hooks/use-task-mutation.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { taskQuery } from '../queries/task-query.js'
import { toAppTask } from '../queries/to-app-task.js'
import { TaskButton } from './task-button.js'

interface EndedActionsProps {
  task: TaskSummary
  title: string
  onOpenResult: ((task: BackgroundTask) => void) | undefined
  /** Called when the result was opened, or when the new task of a retry exists. */
  onDone?: (() => void) | undefined
}

interface OpenActionProps extends EndedActionsProps {
  onOpenResult: NonNullable<EndedActionsProps['onOpenResult']>
}

/** The actions of a task that has ended. */
export function EndedActions({ task, title, onOpenResult, onDone }: EndedActionsProps): ReactNode {
  return (
    <>
      {task.status === 'completed' && onOpenResult && (
        <OpenAction task={task} title={title} onOpenResult={onOpenResult} onDone={onDone} />
      )}
      <RetryAction task={task} title={title} onDone={onDone} />
    </>
  )
}

/** Opens a result. A task that the page knows only from a list is read before. */
function OpenAction({ task: { taskId }, title, onOpenResult, onDone }: OpenActionProps) {
  const translate = useTranslate()
  const { announcer, service, session, userId, queryClient } = useTaskContext()
  const reading = useTaskMutation<TaskJson, void>(async () =>
    queryClient.fetchQuery({ ...taskQuery({ service, userId }, taskId), staleTime: 0 }),
  )

  const open = (task: TaskJson) => {
    onOpenResult(toAppTask(task))
    onDone?.()
  }
  const begin = () => {
    const known = session.cache.find(taskId)
    if (known && hasContent(known)) open(known)
    else if (!reading.isPending)
      reading.mutate(undefined, {
        onSuccess: open,
        onError: () => announcer.say({ urgency: 'assertive', text: translate('failure.open') }),
      })
  }
  return (
    <>
      {reading.isError && <span className="brandkit-cause">{translate('failure.open')}</span>}
      <TaskButton action="open" title={title} aria-disabled={reading.isPending} onClick={begin} />
    </>
  )
}

/** Starts a failed or cancelled task again, as a new task in its place. */
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
