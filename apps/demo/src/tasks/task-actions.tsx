import type { TaskSummary } from '@brandkit/core'
import { useDeleteTask, useRetryTask, useTaskContext } from '@brandkit/react'
import { openTask } from './open-task.ts'

/** The buttons for an ended task, in a row. */
export function TaskActions({ task }: { task: TaskSummary }) {
  const { taskId, status, title } = task
  const { session } = useTaskContext()
  const retry = useRetryTask()
  const remove = useDeleteTask()
  const error = retry.error ?? remove.error
  return (
    <>
      {error && (
        <span role="alert" className="mistake">
          {error.message}
        </span>
      )}
      {(status === 'failed' || status === 'cancelled') && (
        <button
          type="button"
          className="quiet"
          aria-label={`Try again: ${title}`}
          disabled={retry.isPending}
          onClick={() => retry.mutate(taskId, { onSuccess: openTask })}
        >
          Try again
        </button>
      )}
      {session.isOwn(task) && (
        <button
          type="button"
          className="quiet"
          aria-label={`Delete: ${title}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate(taskId)}
        >
          Delete
        </button>
      )}
    </>
  )
}
