import type { BackgroundTask } from '@brandkit/core'

/** A plan that has no result: what is being done, or why there will be none. */
export function PlanInTheMaking({ task }: { task: BackgroundTask<'GENERATE_MEDIA_PLAN'> }) {
  return (
    <>
      <h1>{task.title}</h1>
      <p className="soft">{explain(task)}</p>
      {(task.status === 'queued' || task.status === 'processing') && (
        <progress className="making" max={100} value={task.progress} aria-label={task.title} />
      )}
      <ol className="steps" aria-label="Steps">
        {(task.steps ?? []).map(({ key, title, status }) => (
          <li key={key} data-status={status}>
            {title}
            <span className="visually-hidden">, {status}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

function explain({ status, lastError, traceId }: BackgroundTask<'GENERATE_MEDIA_PLAN'>): string {
  switch (status) {
    case 'failed':
      return `${lastError} The trace id is ${traceId}.`
    case 'cancelled':
      return 'You cancelled this plan. Generate a new one whenever you like.'
    case 'queued':
      return lastError
        ? `The last attempt failed; it will be tried again. ${lastError}`
        : 'The plan waits for its turn.'
    default:
      return 'The plan is being made. You can leave this page; the work goes on.'
  }
}
