import { isTerminal, type TaskBatch, type TaskError, type TaskSummary, toTaskBatch } from '@brandkit/core'
import { useTaskBatch, useTaskContext } from '@brandkit/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { t } from '../language/language.ts'
import { taskService } from '../network/task-service.ts'
import { Icon, PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { Link } from '../navigation/addresses.tsx'
import type { Person } from '../session/use-session.ts'
import { formatPercent, TaskActions, TaskList, TaskListSkeleton } from '../tasks/task-list.tsx'

/** The tasks of a batch, with their joint progress. */
export function BatchPage({ user, batchId }: { user: Person; batchId: string }) {
  const { tasks, summary, error } = useBatch(batchId)
  const stop = useMutation({ mutationFn: () => taskService.cancelBatch(batchId), networkMode: 'always' })
  usePageTitle(summary ? t('{progress} % of a batch', { progress: summary.progress }) : t('Batch'))

  return (
    <>
      <Link href="/history" className="back">
        <Icon name="back" />
        {t('History')}
      </Link>
      <PageHead
        icon="layers"
        title={t('Everything for {brand}', { brand: user.brandName })}
        lead={t(
          'Asked for together. The personas take up the brand kit, the media plan the personas; the rest is made side by side.',
        )}
      >
        {summary && !isTerminal(summary.status) && (
          <button type="button" className="secondary" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t('Cancel all')}
          </button>
        )}
      </PageHead>
      {tasks.length === 0 && !error && <TaskListSkeleton />}
      {error && error.code !== 'batch_not_found' && <Problem sentence={error.message} />}
      {error?.code === 'batch_not_found' && (
        <section className="empty">
          <h2>{t('This cannot be shown')}</h2>
          <p className="soft">{t('It may belong to somebody else, or it was never there.')}</p>
        </section>
      )}
      {summary && <JointProgress summary={summary} />}
      {tasks.length > 0 && (
        <TaskList
          tasks={tasks}
          label={t('Tasks of the batch')}
          columns="all-types"
          renderActions={(task) => isTerminal(task.status) && <TaskActions task={task} />}
        />
      )}
    </>
  )
}

function JointProgress({ summary: { progress, total, counts } }: { summary: TaskBatch }) {
  const parts = [
    t('{done} of {total} completed', { done: counts.completed, total }),
    counts.processing > 0 && t('{count} running', { count: counts.processing }),
    counts.queued > 0 && t('{count} waiting', { count: counts.queued }),
    counts.failed > 0 && t('{count} failed', { count: counts.failed }),
    counts.cancelled > 0 && t('{count} cancelled', { count: counts.cancelled }),
  ]
  return (
    <section className="card joint" aria-label={t('Joint progress')}>
      <div className="making-bar">
        <progress max={100} value={progress} aria-label={t('Joint progress')} />
        <span className="making-percent">{formatPercent(progress)}</span>
      </div>
      <p>{parts.filter(Boolean).join(', ')}</p>
    </section>
  )
}

interface Batch {
  /** Oldest first. */
  tasks: TaskSummary[]
  /** `null` until the batch is known. */
  summary: TaskBatch | null
  /** Set when this user may not see the batch, or when the batch cannot be read. */
  error: TaskError | null
}

/** The current tasks of a batch, with their joint progress. */
function useBatch(batchId: string): Batch {
  const { userId } = useTaskContext()
  const { tasks } = useTaskBatch(batchId)
  const { error } = useQuery<TaskBatch, TaskError>({
    queryKey: ['studio', 'batch', userId, batchId],
    queryFn: ({ signal }) => taskService.getBatch(batchId, { signal }),
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
  })
  return { tasks, summary: toTaskBatch(batchId, tasks), error }
}
