import type { BackgroundTask } from '@brandkit/core'
import { formatDuration } from '../tasks/format-duration.ts'

/** A task that has no result yet: what is being done, or why there will be none. */
export function InTheMaking({ task }: { task: BackgroundTask }) {
  const isActive = task.status === 'queued' || task.status === 'processing'
  return (
    <section className="card making" data-status={task.status} aria-label="Progress">
      <p className={task.status === 'failed' ? 'problem' : undefined}>{explain(task)}</p>
      {isActive && (
        <div className="making-bar">
          <progress max={100} value={task.progress} aria-label={task.title} />
          <span className="making-percent">{Math.floor(task.progress)} %</span>
        </div>
      )}
      <ol className="steps" aria-label="Steps">
        {(task.steps ?? []).map(({ key, title, status, startedAt, completedAt }) => (
          <li key={key} data-status={status}>
            {title}
            <span className="visually-hidden">, {status}</span>
            {startedAt && completedAt && (
              <span className="soft step-time">
                {formatDuration(Math.max(0, completedAt.getTime() - startedAt.getTime()))}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function explain({ status, lastError, traceId, priority, retryCount }: BackgroundTask): string {
  switch (status) {
    case 'failed':
      return `${lastError} The trace id is ${traceId}.`
    case 'cancelled':
      return 'It was cancelled. Try it again, or generate a new one whenever you like.'
    case 'queued':
      if (lastError) return `The last attempt failed; it will be tried again. ${lastError}`
      return priority === 'high' ? 'It waits for its turn, before those of free accounts.' : 'It waits for its turn.'
    default:
      return retryCount > 0
        ? `Attempt ${retryCount + 1}: what was finished before is not done again.`
        : 'It is being made. You can leave this page; the work goes on.'
  }
}
