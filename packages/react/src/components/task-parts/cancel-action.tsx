'use client'

import type { TaskSummary } from '@brandkit/core'
import { type ReactNode, useState } from 'react'
import { useCancelTask } from '../../hooks/use-cancel-task.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { Question, takeFocus } from './question.js'

interface CancelActionProps {
  task: TaskSummary
  title: string
}

/** Whether the user was asked to confirm. After an answer the button returns and takes the focus. */
export type Asking = 'unasked' | 'asked' | 'answered'

/** Cancels a waiting task at once, but asks first if work has begun and would be lost. */
export function CancelAction({ task, title }: CancelActionProps): ReactNode {
  const translate = useTranslate()
  const { announcer } = useTaskContext()
  const cancel = useCancelTask()
  const [asking, setAsking] = useState<Asking>('unasked')

  const stop = () => {
    cancel.mutate(task.taskId, {
      onError: (error) => {
        if (error.code === 'task_is_over') return
        announcer.say({ urgency: 'assertive', text: translate.failure('failure.cancel', error) })
      },
    })
  }
  if (asking === 'asked' && !cancel.isPending) {
    return (
      <Question
        text={translate('ask.cancel')}
        yes={translate('ask.cancelYes')}
        no={translate('ask.keepRunning')}
        onYes={() => {
          setAsking('answered')
          stop()
        }}
        onNo={() => setAsking('answered')}
      />
    )
  }
  const begin = () => {
    if (cancel.isPending) return
    if (task.status === 'queued') stop()
    else setAsking('asked')
  }
  const hasFailed = cancel.isError && !cancel.isPending && cancel.error.code !== 'task_is_over'
  return (
    <>
      {hasFailed && <span className="brandkit-cause">{translate.failure('failure.cancel', cancel.error)}</span>}
      {/* Stays enabled while pending, because a disabled button loses the focus. */}
      <button
        ref={asking === 'answered' ? takeFocus : undefined}
        type="button"
        className="brandkit-button"
        data-quiet
        aria-disabled={cancel.isPending}
        aria-label={cancel.isPending ? undefined : translate('action.cancelTask', { title })}
        onClick={begin}
      >
        {translate(cancel.isPending ? 'row.cancelling' : 'action.cancel')}
      </button>
    </>
  )
}
