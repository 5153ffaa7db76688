import type { BackgroundTask, TaskId } from '@brandkit/core'
import { type TaskError, useTaskContext, useTaskPolling, useTaskText } from '@brandkit/react'
import { Suspense } from 'react'
import { useSearch } from 'wouter'
import { TellMe } from '../notices/tell-me.tsx'
import { formatDuration } from '../parts/format-quantity.ts'
import { Link, replacePath } from '../parts/link.tsx'
import { usePageTitle } from '../parts/page-parts.tsx'
import type { PartialResult } from '../parts/result-parts.tsx'
import { CAVEAT_NAMES } from '../results/names.ts'
import type { Section } from '../sections/section.ts'
import { ByColleague } from '../tasks/by-colleague.tsx'
import { sayWaitsFor } from '../tasks/task-list.tsx'
import { taskPath } from '../sections/section-path.ts'
import { plainTitle } from '../tasks/open-task.ts'
import { TraceDrawer } from '../trace/trace-drawer.tsx'
import { TaskCost } from './task-cost.tsx'
import { RedoSteps } from './redo-steps.tsx'
import { TaskToolbar } from './task-toolbar.tsx'

/** One task by its address, in any state, with the result or the part of it that exists. */
export function TaskPage({ section, taskId }: { section: Section; taskId: TaskId }) {
  const { session } = useTaskContext()
  const { data: task, error } = useTaskPolling(taskId)
  const isTraced = new URLSearchParams(useSearch()).has('trace')
  usePageTitle(task?.title ?? section.name)
  const back = (
    <Link href={`/${section.path}`} className="back">
      ← All {lowerFirst(section.plural)}
    </Link>
  )

  if (!task) {
    return (
      <article className="task-page">
        {back}
        {error ? <Missing error={error} /> : <p className="loading">Looking for it…</p>}
      </article>
    )
  }
  const showTrace = (isShown: boolean) => replacePath(taskPath(task) + (isShown ? '?trace' : ''))
  const shown = task.status === 'completed' ? task.result : task.partialResult
  return (
    <article className="task-page">
      {back}
      <header className="task-head">
        <div>
          <p className="eyebrow">
            {section.name} <ByColleague task={task} />
          </p>
          <h1>{plainTitle(task)}</h1>
        </div>
        <TaskToolbar task={task} section={section} isTraced={isTraced} onTrace={showTrace} />
      </header>
      {isTraced && session.isOwn(task) && <TraceDrawer task={task} onClose={() => showTrace(false)} />}
      {task.status !== 'completed' && <InTheMaking task={task} />}
      {task.status !== 'completed' && task.textCursor !== undefined && <Writing taskId={taskId} />}
      {shown !== undefined && (
        <div className="result" data-partial={task.status === 'completed' ? undefined : ''}>
          <Caveats result={shown as PartialResult} />
          <Suspense fallback={<p className="loading">Opening the result…</p>}>
            {section.renderResult(shown as PartialResult)}
          </Suspense>
        </div>
      )}
      {task.usage && <TaskCost usage={task.usage} />}
      {task.status === 'completed' && <RedoSteps task={task} />}
    </article>
  )
}

/** What a reader must know before using the result. Results of earlier releases do not say that they are drafts. */
function Caveats({ result: { caveats, usage } }: { result: PartialResult }) {
  const known = caveats ?? (usage ? [] : ['draft' as const])
  const sentences = known.flatMap((caveat) => CAVEAT_NAMES[caveat] ?? [])
  if (sentences.length === 0) return null
  return (
    <p role="note" className="soft">
      {sentences.join(' ')}
    </p>
  )
}

function lowerFirst(words: string): string {
  // "Facebook trends" keeps its capital, because it is a name.
  return /^(Facebook)/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
}

/** A task without a result: its progress, or the reason why it will have none. */
function InTheMaking({ task }: { task: BackgroundTask }) {
  const { session } = useTaskContext()
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
      {isActive && session.isOwn(task) && <TellMe />}
      <ol className="steps" aria-label="Steps">
        {(task.steps ?? []).map(({ key, title, status, startedAt, completedAt, items }) => (
          <li key={key} data-status={status}>
            {title}
            {items && (
              <span className="soft step-time">
                {items.total === undefined ? items.done : `${items.done} of ${items.total}`}
              </span>
            )}
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

/** The text as it is written. The newest words stay in sight. */
function Writing({ taskId }: { taskId: TaskId }) {
  const { text } = useTaskText(taskId)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="card writing" aria-label="As it is written" tabIndex={0}>
      <p>{text}</p>
    </section>
  )
}

function explain({ status, lastError, traceId, priority, retryCount, waitsFor }: BackgroundTask): string {
  switch (status) {
    case 'failed':
      return `${lastError} The trace id is ${traceId}.`
    case 'cancelled':
      return 'It was cancelled. Try it again, which goes on from what is finished, or generate a new one whenever you like.'
    case 'queued':
      if (waitsFor) return `${sayWaitsFor(waitsFor)}, whose result goes into this one.`
      if (lastError) return `The last attempt failed; it will be tried again. ${lastError}`
      return priority === 'high' ? 'It waits for its turn, before those of free accounts.' : 'It waits for its turn.'
    default:
      return retryCount > 0
        ? `Attempt ${retryCount + 1}: what was finished before is not done again.`
        : 'It is being made. You can leave this page; the work goes on.'
  }
}

/**
 * The page for a task that was deleted or that this user may not see. The server tells these cases apart only for owners.
 */
function Missing({ error: { code, message } }: { error: TaskError }) {
  return (
    <section className="empty">
      <h1>This cannot be shown</h1>
      <p className="soft">
        {code === 'task_not_found' ? 'It may belong to somebody else, or it was never there.' : message}
      </p>
    </section>
  )
}
