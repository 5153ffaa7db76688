import type { TaskId } from '@brandkit/core'
import { useTaskPolling } from '@brandkit/react'
import { Suspense } from 'react'
import { useSearch } from 'wouter'
import type { PartialResult, Section } from '../sections/section.ts'
import { Link } from '../shell/link.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { replacePath } from '../shell/navigate.ts'
import { plainTitle } from '../tasks/plain-title.ts'
import { taskPath } from '../tasks/task-path.ts'
import { TraceDrawer } from '../trace/trace-drawer.tsx'
import { InTheMaking } from './in-the-making.tsx'
import { Missing } from './missing.tsx'
import { TaskToolbar } from './task-toolbar.tsx'

/** One task by its address, whatever state it is in: its result, or as much of it as there is. */
export function TaskPage({ section, taskId }: { section: Section; taskId: TaskId }) {
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
          <p className="eyebrow">{section.name}</p>
          <h1>{plainTitle(task)}</h1>
        </div>
        <TaskToolbar task={task} section={section} isTraced={isTraced} onTrace={showTrace} />
      </header>
      {isTraced && <TraceDrawer task={task} onClose={() => showTrace(false)} />}
      {task.status !== 'completed' && <InTheMaking task={task} />}
      {shown !== undefined && (
        <div className="result" data-partial={task.status === 'completed' ? undefined : ''}>
          <Suspense fallback={<p className="loading">Opening the result…</p>}>
            {section.renderResult(shown as PartialResult)}
          </Suspense>
        </div>
      )}
    </article>
  )
}

function lowerFirst(words: string): string {
  // "Facebook trends" keeps its capital, as names do.
  return /^(Facebook)/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
}
