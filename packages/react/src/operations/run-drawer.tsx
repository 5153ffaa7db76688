'use client'

import {
  hasContent,
  type TaskError,
  type TaskJson,
  type TaskSummary,
  type TaskSummaryJson,
  toBackgroundTask,
  toTaskSummary,
} from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { CrossButton } from '../components/cross-button.js'
import { PhaseIcon } from '../components/phase-icon.js'
import { useTaskPhase } from '../hooks/use-task-phase.js'
import { useOperations } from './operations-context.js'
import { classOf, inTaskSlot } from './operations-looks.js'
import { RunContent } from './run-content.js'
import { RunFacts } from './run-facts.js'
import { ActButton } from './run-row.js'
import { TaskTimeline } from './task-timeline.js'
import { PACE_MS } from './use-figures.js'

/** Takes the focus, so that screen readers hear which task it is now. */
function Heading({ children }: { children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    heading.current?.closest('dialog')?.scrollTo(0, 0)
  }, [])
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  )
}

function Phase({ task }: { task: TaskSummary }): ReactNode {
  const { phase, label } = useTaskPhase(task)
  return (
    <p className="brandkit-run-phase" data-phase={phase}>
      <PhaseIcon phase={phase} />
      <span>{label}</span>
    </p>
  )
}

interface RunDrawerProps {
  taskId: string
  /** What the table knows of the task. */
  known: TaskSummaryJson | undefined
  onStep: (by: 1 | -1) => void
  onOpen: (taskId: string) => void
  onClose: () => void
}

/** Everything about one task, beside the table. */
export function RunDrawer({ taskId, known, onStep, onOpen, onClose }: RunDrawerProps): ReactNode {
  const { text, looks } = useOperations()
  const dialog = useRef<HTMLDialogElement>(null)
  const { task: json, error } = useDetails(taskId, known)
  // Before the heading takes the focus.
  useLayoutEffect(() => {
    dialog.current?.showModal()
  }, [])
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'j' || event.key === 'k') onStep(event.key === 'j' ? 1 : -1)
  }

  const task = json && (hasContent(json) ? toBackgroundTask(json) : toTaskSummary(json))
  const title = task ? text.title(task) : taskId
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of what is inside; Escape and the button close it, too
    <dialog
      ref={dialog}
      className={classOf(looks, 'drawer')}
      aria-label={text('drawer.label', { title })}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <header>
        <div>
          <Heading key={taskId}>{title}</Heading>
          {task && <Phase task={task} />}
        </div>
        <div className="brandkit-drawer-tools">
          <StepButton direction="previous" onClick={() => onStep(-1)} />
          <StepButton direction="next" onClick={() => onStep(1)} />
          <CrossButton label={text('drawer.close')} onClick={() => dialog.current?.close()} />
        </div>
      </header>
      {error && (
        <p className="brandkit-operations-error">
          {error.code === 'task_not_found' || error.code === 'task_gone' ? text('drawer.gone') : error.message}
        </p>
      )}
      {task &&
        inTaskSlot(
          looks,
          'drawer',
          task,
          <>
            {task.lastError !== undefined && task.status !== 'completed' && (
              <section className="brandkit-drawer-failure" data-status={task.status}>
                <h3>{text('drawer.failure')}</h3>
                <p>
                  {task.lastError} {task.errorCode && <code>{task.errorCode}</code>}
                </p>
              </section>
            )}
            <div className="brandkit-drawer-acts">
              <ActButton taskId={taskId} title={title} status={task.status} />
            </div>
            <section>
              <h3>{text('drawer.timeline')}</h3>
              <TaskTimeline task={task} />
            </section>
            <RunFacts task={task} onOpen={onOpen} />
            {json && hasContent(json) && <RunContent json={json} />}
          </>,
        )}
    </dialog>
  )
}

function StepButton({ direction, onClick }: { direction: 'previous' | 'next'; onClick: () => void }): ReactNode {
  const { text } = useOperations()
  return (
    <button type="button" className="brandkit-icon-button" aria-label={text(`drawer.${direction}`)} onClick={onClick}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={direction === 'next' ? 'm5.5 8 4.5 4.5L14.5 8' : 'M5.5 12 10 7.5l4.5 4.5'} />
      </svg>
    </button>
  )
}

/** The whole task, read once and again at its end. While it runs, the table's rows are newer. */
function useDetails(taskId: string, known: TaskSummaryJson | undefined) {
  const { wire, queryClient, key } = useOperations()
  const { data, error, refetch } = useQuery<TaskJson, TaskError>(
    {
      queryKey: [...key, 'details', taskId],
      queryFn: ({ signal }) => wire.getStatus(taskId, { signal }),
      // A task that the table does not show moves on its own.
      refetchInterval: ({ state }) =>
        !known && (state.data?.status === 'processing' || state.data?.status === 'queued') ? PACE_MS.busy : false,
      retry: false,
    },
    queryClient,
  )
  const hasMoved =
    data !== undefined && known !== undefined && known.status !== data.status && known.version > data.version
  useEffect(() => {
    if (hasMoved) void refetch()
  }, [hasMoved, refetch])
  return { task: newerOf(data, known), error: data || known ? null : error }
}

/** A task that still runs keeps the content that was read; one that has ended shows it again when it is read anew. */
function newerOf(data: TaskJson | undefined, known: TaskSummaryJson | undefined): TaskSummaryJson | undefined {
  if (!data || !known || known.version <= data.version) return data ?? known
  if (known.status !== data.status) return known
  const { isSummary: _isSummary, ...fresh } = known
  return { ...data, ...fresh } as TaskJson
}
