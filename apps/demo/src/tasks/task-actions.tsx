import type { TaskSummary } from '@brandkit/core'
import { useRetryTask, useTaskContext } from '@brandkit/react'
import { t } from '../language/language.ts'
import { Link } from '../parts/link.tsx'
import { formPath, openTask } from './open-task.ts'
import { focusNeighbour, useUndoableDelete } from './undo-delete.tsx'

/** The buttons for an ended task, in a row. */
export function TaskActions({ task }: { task: TaskSummary }) {
  const { taskId, status, title } = task
  const { session } = useTaskContext()
  const retry = useRetryTask()
  const remove = useUndoableDelete()
  const { error } = retry
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
          aria-label={t('Try again: {title}', { title })}
          disabled={retry.isPending}
          onClick={() => retry.mutate(taskId, { onSuccess: openTask })}
        >
          {t('Try again')}
        </button>
      )}
      {(status === 'failed' || status === 'cancelled') && (
        <Link href={formPath(task, 'edit')} className="quiet" aria-label={t('Edit and try again: {title}', { title })}>
          {t('Edit')}
        </Link>
      )}
      {session.isOwn(task) && (
        <button
          type="button"
          className="quiet"
          aria-label={t('Delete: {title}', { title })}
          onClick={({ currentTarget }) => {
            focusNeighbour(currentTarget)
            remove(task)
          }}
        >
          {t('Delete')}
        </button>
      )}
    </>
  )
}
