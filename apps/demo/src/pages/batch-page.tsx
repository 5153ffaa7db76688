import { type TaskSummary, isTerminal, type TaskBatch, type TaskError, toTaskBatch } from '@brandkit/core'
import { useTaskBatch, useTaskContext } from '@brandkit/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { taskService } from '../network/task-service.ts'
import { Link } from '../parts/link.tsx'
import { PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import type { Person } from '../session/use-session.ts'
import { TaskActions } from '../tasks/task-actions.tsx'
import { TaskList } from '../tasks/task-list.tsx'

/** The tasks of a batch, with their joint progress. */
export function BatchPage({ user, batchId }: { user: Person; batchId: string }) {
  const { tasks, summary, error } = useBatch(batchId)
  const stop = useMutation({ mutationFn: () => taskService.cancelBatch(batchId), networkMode: 'always' })
  usePageTitle(summary ? `${summary.progress} % of a batch` : 'Batch')

  return (
    <>
      <Link href="/history" className="back">
        ← History
      </Link>
      <PageHead
        icon="layers"
        title={`Everything for ${user.brandName}`}
        lead="Asked for together. The personas take up the brand kit, the media plan the personas; the rest is made side by side."
      >
        {summary && !isTerminal(summary.status) && (
          <button type="button" className="secondary" disabled={stop.isPending} onClick={() => stop.mutate()}>
            Stop all
          </button>
        )}
      </PageHead>
      {tasks.length === 0 && !error && <p className="loading">Looking for the batch…</p>}
      {error && error.code !== 'batch_not_found' && <Problem sentence={error.message} />}
      {error?.code === 'batch_not_found' && (
        <section className="empty">
          <h2>This batch cannot be shown</h2>
          <p className="soft">It may belong to somebody else, or it was never there.</p>
        </section>
      )}
      {summary && <JointProgress summary={summary} />}
      {tasks.length > 0 && (
        <TaskList
          tasks={tasks}
          label="Tasks of the batch"
          columns="all-types"
          renderActions={(task) => isTerminal(task.status) && <TaskActions task={task} />}
        />
      )}
    </>
  )
}

function JointProgress({ summary: { progress, total, counts } }: { summary: TaskBatch }) {
  const parts = [
    `${counts.completed} of ${total} ready`,
    counts.processing > 0 && `${counts.processing} in the making`,
    counts.queued > 0 && `${counts.queued} waiting`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.cancelled > 0 && `${counts.cancelled} cancelled`,
  ]
  return (
    <section className="card joint" aria-label="Joint progress">
      <div className="making-bar">
        <progress max={100} value={progress} aria-label="Joint progress" />
        <span className="making-percent">{progress} %</span>
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
