'use client'

import { type BackgroundTask, isTerminal } from '@brandkit/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useCancelTask } from '../../hooks/use-cancel-task.js'
import { useTaskContext } from '../../provider/use-task-context.js'

interface TaskActionsProps {
  task: BackgroundTask
  title: string
  onOpenResult: ((task: BackgroundTask) => void) | undefined
}

/** What can be done with a task now. */
export function TaskActions({ task, title, onOpenResult }: TaskActionsProps): ReactNode {
  const { session, translate } = useTaskContext()
  if (!isTerminal(task.status)) return <CancelAction task={task} title={title} />
  return (
    <>
      {task.status === 'completed' && onOpenResult && (
        <button
          type="button"
          className="brandkit-button"
          aria-label={translate('action.openTask', { title })}
          onClick={() => onOpenResult(task)}
        >
          {translate('action.open')}
        </button>
      )}
      <button
        type="button"
        className="brandkit-icon-button"
        aria-label={translate('action.dismissTask', { title })}
        onClick={() => session.dismiss(task.taskId)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4 4 8 8m0-8-8 8" />
        </svg>
      </button>
    </>
  )
}

/** Cancels a waiting task at once; asks before it throws away work that has begun. */
function CancelAction({ task, title }: { task: BackgroundTask; title: string }) {
  const { translate } = useTaskContext()
  const cancel = useCancelTask()
  const [asking, setAsking] = useState(false)
  const keepButton = useRef<HTMLButtonElement>(null)
  const cancelButton = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(false)

  // The button that was pressed is replaced, so the focus must be handed on.
  useEffect(() => {
    if (asking) keepButton.current?.focus()
    else if (wasAsking.current) cancelButton.current?.focus()
    wasAsking.current = asking
  }, [asking])

  if (asking && !cancel.isPending) {
    const stop = () => {
      setAsking(false)
      cancel.mutate(task.taskId)
    }
    return (
      <div className="brandkit-confirm" role="group" aria-label={translate('action.confirmCancel')}>
        <span className="brandkit-confirm-text">{translate('action.confirmCancel')}</span>
        <button type="button" className="brandkit-button" data-danger onClick={stop}>
          {translate('action.stop')}
        </button>
        <button ref={keepButton} type="button" className="brandkit-button" onClick={() => setAsking(false)}>
          {translate('action.keep')}
        </button>
      </div>
    )
  }
  const begin = () => {
    if (cancel.isPending) return
    if (task.status === 'queued') cancel.mutate(task.taskId)
    else setAsking(true)
  }
  return (
    <>
      {cancel.isError && !cancel.isPending && cancel.error.code !== 'task_is_over' && (
        <span className="brandkit-cause" role="alert">
          {translate('failure.cancel')}
        </span>
      )}
      {/* Not `disabled` while pending: that would drop the focus. */}
      <button
        ref={cancelButton}
        type="button"
        className="brandkit-button"
        aria-disabled={cancel.isPending}
        aria-label={cancel.isPending ? undefined : translate('action.cancelTask', { title })}
        onClick={begin}
      >
        {translate(cancel.isPending ? 'row.cancelling' : 'action.cancel')}
      </button>
    </>
  )
}
