import type { BackgroundTask, TaskId } from '@brandkit/core'
import { type TaskError, useCancelTask, useRetryTask, useTaskContext, useTaskPhase, useTaskText } from '@brandkit/react'
import { Suspense, useState } from 'react'
import { useSearch } from 'wouter'
import { locale, stepStatus, stepTitle, t, taskTitle } from '../language/language.ts'
import { TellMe } from '../notices/tell-me.tsx'
import { CAVEAT_NAMES, formatDuration } from '../parts/words.ts'
import { Icon, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { formPath, Link, navigate, openTask, plainTitle, replacePath } from '../navigation/addresses.tsx'
import { taskPath } from '../sections/section-path.ts'
import { CopyButton, type PartialResult } from '../parts/result-parts.tsx'
import type { Section } from '../sections/section.ts'
import { ByColleague, formatPercent, sayWaitsFor } from '../tasks/task-list.tsx'
import { useUndoableDelete } from '../tasks/undo-delete.tsx'
import { TraceDrawer } from '../trace/trace-drawer.tsx'
import { type Brief, RedoSteps, TaskBrief, TaskCost, TaskExports, useTaskWithBrief } from './task-brief.tsx'

/**
 * One task by its address, in any state, with the result or the part of it that exists. What a person sees while the task
 * runs keeps its place when the task ends: new parts take the places of others, or come after them.
 */
export function TaskPage({ section, taskId }: { section: Section; taskId: TaskId }) {
  const { session } = useTaskContext()
  const { task: data, brief, error } = useTaskWithBrief(taskId)
  // While the end of a task is read, the page shows what it knew before.
  const task = useLast(data)
  const shown = useLast(task?.status === 'completed' ? task.result : task?.partialResult)
  const isActive = task?.status === 'queued' || task?.status === 'processing'
  const wasActive = useLast(isActive || undefined) ?? false
  const wasWritten = useLast(isActive && task.textCursor !== undefined ? true : undefined) ?? false
  const isTraced = new URLSearchParams(useSearch()).has('trace')
  usePageTitle(task?.title ?? section.name)
  const back = (
    <Link href={`/${section.path}`} className="back">
      <Icon name="back" />
      {t(section.plural)}
    </Link>
  )

  if (!task || (error && !data)) {
    return (
      <article className="task-page">
        {back}
        {error ? <Missing error={error} /> : <p className="loading">{t('Looking for it…')}</p>}
      </article>
    )
  }
  const showTrace = (isShown: boolean) => replacePath(taskPath(task) + (isShown ? '?trace' : ''))
  const isReady = task.status === 'completed' && task.result !== undefined
  const isLost = task.status === 'failed' || task.status === 'cancelled'
  return (
    <article className="task-page">
      {back}
      <header className="task-head">
        <p className="eyebrow">
          {t(section.name)} <ByColleague task={task} />
        </p>
        <h1>
          <bdi>{plainTitle(task)}</bdi>
        </h1>
      </header>
      <TaskToolbar task={task} section={section} isTraced={isTraced} onTrace={showTrace} />
      {(isReady || (wasActive && !isLost)) && <TaskExports task={task} section={section} />}
      {isTraced && session.isOwn(task) && <TraceDrawer task={task} onClose={() => showTrace(false)} />}
      {(!isReady || wasActive) && <InTheMaking task={task} hasBar={wasActive} />}
      <TaskBrief task={task} section={section} brief={brief} />
      {wasWritten && <Writing taskId={taskId} />}
      {/* What follows the result comes with it, because it would move as soon as the result is there. */}
      <Suspense fallback={<p className="loading">{t('Opening the result…')}</p>}>
        {shown !== undefined && (
          // A result is a document of its own language, whatever the language of the studio is.
          <div className="result" data-partial={isReady ? undefined : ''} {...languageOf(task, brief)}>
            <Caveats result={shown as PartialResult} />
            {section.renderResult(shown as PartialResult)}
          </div>
        )}
        {task.usage && !isActive && <TaskCost usage={task.usage} />}
        {isReady && <RedoSteps task={task} />}
      </Suspense>
    </article>
  )
}

/** The value, or the last one that was there. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}

/** What a reader must know before using the result. Results of earlier releases do not say that they are drafts. */
function Caveats({ result: { caveats, usage } }: { result: PartialResult }) {
  const known = caveats ?? (usage ? [] : ['draft' as const])
  const sentences = known.flatMap((caveat) => CAVEAT_NAMES[caveat] ?? [])
  if (sentences.length === 0) return null
  return (
    <p role="note" className="soft" lang={locale()} dir="auto">
      {sentences.map((sentence) => t(sentence)).join(' ')}
    </p>
  )
}

/** The language that the brief asks for. A draft that has no other language is English. */
function languageOf(
  { result, partialResult }: BackgroundTask,
  { language }: Brief = {},
): { lang: string; dir: 'ltr' | 'rtl' } {
  const { caveats } = (result ?? partialResult ?? {}) as PartialResult
  const lang = typeof language === 'string' && !caveats?.includes('english') ? language : 'en'
  return { lang, dir: /^(ar|fa|he|ur)\b/.test(lang) ? 'rtl' : 'ltr' }
}

/** The progress of a task that runs or has just ended, or the reason why a task has no result. */
function InTheMaking({ task, hasBar }: { task: BackgroundTask; hasBar: boolean }) {
  const { session } = useTaskContext()
  const { phase, label } = useTaskPhase(task)
  return (
    <section className="card making" data-status={task.status} aria-label={t('Progress')}>
      <p className={task.status === 'failed' ? 'problem' : undefined} dir="auto">
        {phase === 'scheduled' ? `${label}.` : explain(task)}
      </p>
      {task.status === 'failed' && (
        <p className="soft trace-id">
          {t('Trace id')} <CopyButton text={task.traceId} what={t('the trace id')} />
        </p>
      )}
      {hasBar && (
        <div className="making-bar">
          <progress max={100} value={task.progress} aria-label={taskTitle(task)} />
          <span className="making-percent">{formatPercent(task.progress)}</span>
        </div>
      )}
      <ol className="steps" aria-label={t('Steps')}>
        {(task.steps ?? []).map(({ key, title, status, startedAt, completedAt, items }) => (
          <li key={key} data-status={status}>
            {stepTitle(task.type, { key, title })}
            {items && (
              <span className="soft step-time">
                {items.total === undefined
                  ? items.done
                  : t('{done} of {total}', { done: items.done, total: items.total })}
              </span>
            )}
            <span className="visually-hidden">, {stepStatus(status)}</span>
            {startedAt && completedAt && (
              <span className="soft step-time">
                {formatDuration(Math.max(0, completedAt.getTime() - startedAt.getTime()))}
              </span>
            )}
          </li>
        ))}
      </ol>
      {hasBar && session.isOwn(task) && <TellMe />}
    </section>
  )
}

/** The text as it is written. The newest words stay in sight. */
function Writing({ taskId }: { taskId: TaskId }) {
  const { text } = useTaskText(taskId)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="card writing" aria-label={t('As it is written')} tabIndex={0}>
      <p dir="auto">{text}</p>
    </section>
  )
}

function explain({ status, lastError, priority, retryCount, waitsFor }: BackgroundTask): string {
  switch (status) {
    case 'failed':
      return lastError
    case 'completed':
      return t('It is completed.')
    case 'cancelled':
      return t('It was cancelled. Trying it again goes on from what is finished.')
    case 'queued':
      if (waitsFor) return t('{waits}: their results go into this one.', { waits: sayWaitsFor(waitsFor) })
      if (lastError) return `${t('The last attempt failed; it will be tried again.')} ${lastError}`
      return t(priority === 'high' ? 'It waits for its turn, before those of free accounts.' : 'It waits for its turn.')
    default:
      return retryCount > 0
        ? t('Attempt {attempt}: what was finished before is not done again.', { attempt: retryCount + 1 })
        : t('It is being made. You can leave this page; the work goes on.')
  }
}

/**
 * The page for a task that was deleted or that this user may not see. The server tells these cases apart only for owners.
 */
function Missing({ error: { code, message } }: { error: TaskError }) {
  return (
    <section className="empty">
      <h1>{t('This cannot be shown')}</h1>
      <p className="soft">
        {code === 'task_not_found' ? t('It may belong to somebody else, or it was never there.') : message}
      </p>
    </section>
  )
}

interface TaskToolbarProps {
  task: BackgroundTask
  section: Section
  isTraced: boolean
  onTrace: (isShown: boolean) => void
}

/** Work that has been done is not thrown away by one click: a running task is cancelled by a second one. */
function CancelButton({ task, cancel }: { task: BackgroundTask; cancel: ReturnType<typeof useCancelTask> }) {
  const [isAsked, setAsked] = useState(false)
  const isRunning = task.status === 'processing'
  if (!isRunning || !isAsked)
    return (
      <button
        type="button"
        className="secondary"
        disabled={cancel.isPending}
        onClick={() => (isRunning ? setAsked(true) : cancel.mutate(task.taskId))}
      >
        {t('Cancel')}
      </button>
    )
  return (
    <>
      <button
        type="button"
        className="button"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the question takes the place of the button that had focus
        autoFocus
        disabled={cancel.isPending}
        onClick={() => cancel.mutate(task.taskId)}
      >
        {t('Cancel task')}
      </button>
      <button type="button" className="secondary" onClick={() => setAsked(false)}>
        {t('Keep it running')}
      </button>
    </>
  )
}

/** The actions for a task in its current state. Those of every state come first, so that they keep their places. */
function TaskToolbar({ task, section, isTraced, onTrace }: TaskToolbarProps) {
  const cancel = useCancelTask()
  const retry = useRetryTask()
  const remove = useUndoableDelete()
  const { status, taskId, errorCode } = task
  // The same brief would be refused again.
  const isRefused = status === 'failed' && errorCode === 'generator_refused'
  // The server's policy: colleagues stop and repeat a task; its owner alone deletes and traces it.
  const isOwn = useTaskContext().session.isOwn(task)
  const isOver = status !== 'queued' && status !== 'processing'
  const error = retry.error ?? cancel.error
  return (
    <div className="toolbar">
      <Link href={formPath(task, 'copy')} className="secondary">
        {t('Duplicate')}
      </Link>
      {isOwn && (
        <button type="button" className="secondary" aria-expanded={isTraced} onClick={() => onTrace(!isTraced)}>
          <Icon name="wrench" />
          {t('Trace')}
        </button>
      )}
      {!isOver && <CancelButton task={task} cancel={cancel} />}
      {(status === 'failed' || status === 'cancelled') && (
        <button
          type="button"
          className={isRefused ? 'secondary' : 'button'}
          disabled={retry.isPending}
          onClick={() => retry.mutate(taskId, { onSuccess: openTask })}
        >
          {t('Try again')}
        </button>
      )}
      {isOver && (
        <Link href={formPath(task, 'edit')} className={isRefused ? 'button' : 'secondary'}>
          {t('Edit and try again')}
        </Link>
      )}
      {isOver && isOwn && (
        <button
          type="button"
          className="secondary"
          onClick={() => {
            remove(task)
            navigate(`/${section.path}`)
          }}
        >
          {t('Delete')}
        </button>
      )}
      {error && <Problem sentence={error.message} />}
    </div>
  )
}
