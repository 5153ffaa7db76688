import type { BackgroundTask } from '@brandkit/core'
import { useRetryTask } from '@brandkit/react'
import { Problem } from '../parts/page-parts.tsx'
import { openTask } from '../tasks/open-task.ts'

/** The steps of a completed task. Each can be done again, with those after it; those before it are kept. */
export function RedoSteps({ task: { taskId, steps } }: { task: BackgroundTask }) {
  const retry = useRetryTask()
  if (!steps?.length) return null
  return (
    <details className="card redo">
      <summary>Do a part of it again</summary>
      <ol className="steps" aria-label="Steps">
        {steps.map(({ key, title, items }) => (
          <li key={key} data-status="completed">
            {title}
            {items && <span className="soft step-time">{items.done}</span>}
            <button
              type="button"
              className="quiet"
              aria-label={`Again from: ${title}`}
              disabled={retry.isPending}
              onClick={() => retry.mutate({ taskId, from: { step: key } }, { onSuccess: openTask })}
            >
              Again from here
            </button>
          </li>
        ))}
      </ol>
      <p className="soft">What comes before is kept. This result stays as it is; the new one has a page of its own.</p>
      {retry.error && <Problem sentence={retry.error.message} />}
    </details>
  )
}
