'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import { type ReactNode, useState } from 'react'
import { useDeleteTask } from '../../hooks/use-delete-task.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { CrossButton } from '../cross-button.js'
import { EndedActions } from '../ended-actions.js'
import type { Looks } from '../looks.js'
import { CancelAction } from '../task-parts/cancel-action.js'
import { Question } from '../task-parts/question.js'
import { RowMenu } from './row-menu.js'

interface TaskActionsProps {
  task: TaskSummary
  title: string
  looks: Looks
}

/** The actions that a task offers now. */
export function TaskActions({ task, title, looks: { onOpenTask, onOpenResult } }: TaskActionsProps): ReactNode {
  const { taskId, status } = task
  const translate = useTranslate()
  const { announcer, session } = useTaskContext()
  const remove = useDeleteTask()
  const [isAsked, setAsked] = useState(false)

  if (isAsked) {
    const begin = () => {
      setAsked(false)
      remove.mutate(taskId, {
        onError: () => announcer.say({ urgency: 'assertive', text: translate('failure.delete') }),
      })
    }
    return (
      <Question
        text={translate('ask.delete')}
        yes={translate('action.delete')}
        no={translate('ask.keep')}
        onYes={begin}
        onNo={() => setAsked(false)}
      />
    )
  }
  const hasEnded = isTerminal(status)
  return (
    <>
      {remove.isError && <span className="brandkit-cause">{translate('failure.delete')}</span>}
      {hasEnded ? (
        <EndedActions task={task} title={title} onOpenResult={onOpenResult} />
      ) : (
        <CancelAction task={task} title={title} />
      )}
      <RowMenu task={task} title={title} onOpenTask={onOpenTask} onDelete={() => setAsked(true)} />
      {hasEnded && (
        <CrossButton label={translate('action.dismissTask', { title })} onClick={() => session.dismiss(taskId)} />
      )}
    </>
  )
}
