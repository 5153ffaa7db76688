'use client'

import { isTerminal, type TaskSummary, type TaskSummaryJson, toTaskSummary } from '@brandkit/core'
import { memo, type ReactNode, useMemo } from 'react'
import { PhaseIcon } from '../components/phase-icon.js'
import { useTaskPhase } from '../hooks/use-task-phase.js'
import { useAtTime } from '../provider/use-at-time.js'
import { useOperations } from './operations-context.js'
import { classOf, inTaskSlot } from './operations-looks.js'
import { actOf, useAct } from './use-act.js'

interface RunRowProps {
  task: TaskSummaryJson
  isCurrent: boolean
  onFocus: (taskId: string) => void
  onOpen: (taskId: string) => void
}

/** One task of the table. Renders again only when the task or its words change. */
export const RunRow = memo(function RunRow({ task: json, isCurrent, onFocus, onOpen }: RunRowProps): ReactNode {
  const { text, looks, nameOf } = useOperations()
  const task = useMemo(() => toTaskSummary(json), [json])
  const { taskId, type, status, userId, lastError, retryCount, maxRetries, priority } = task
  const { phase, label } = useTaskPhase(task)
  const title = text.title(task)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the table takes the keys of all rows
    <div
      role="row"
      className={classOf(looks, 'run')}
      data-task={taskId}
      data-phase={phase}
      data-type={type}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={() => onFocus(taskId)}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('button, a')) onOpen(taskId)
      }}
    >
      <span role="gridcell" className="brandkit-run-phase">
        <PhaseIcon phase={phase} />
        <span>{label}</span>
      </span>
      <span role="gridcell" className="brandkit-run-task">
        <span className={classOf(looks, 'title')}>{inTaskSlot(looks, 'title', task, title)}</span>
        <span className="brandkit-run-notes">
          {title !== text.type(type) && <span>{text.type(type)}</span>}
          {priority !== 'normal' && <span data-priority={priority}>{text(`run.${priority}`)}</span>}
          {retryCount > 0 && <span>{text('run.attempt', { attempt: retryCount + 1, most: maxRetries + 1 })}</span>}
          {lastError !== undefined && status !== 'completed' && (
            <span dir="auto" data-detail={status}>
              {lastError}
            </span>
          )}
        </span>
      </span>
      <span role="gridcell" className="brandkit-run-user">
        {nameOf(userId)}
      </span>
      <span role="gridcell" className="brandkit-run-created">
        <Ago date={task.createdAt} />
      </span>
      <span role="gridcell" className="brandkit-run-duration">
        <Duration task={task} />
        {status === 'processing' && (
          <progress
            max={100}
            value={task.progress}
            aria-label={text('announce.progress', { title, percent: Math.round(task.progress) })}
          >
            {text.percent(task.progress)}
          </progress>
        )}
      </span>
      <span role="gridcell" className="brandkit-run-actions">
        <ActButton taskId={taskId} title={title} status={status} tabIndex={isCurrent ? 0 : -1} />
      </span>
    </div>
  )
})

const DAY_MS = 86_400_000

/** Today how long ago, before that when. */
function Ago({ date }: { date: Date }): ReactNode {
  const { text } = useOperations()
  const moment = text.moment(date)
  const words = useAtTime((now) => {
    const age = now === null ? Infinity : now - date.getTime()
    return age < DAY_MS ? text.relative(-Math.max(0, age)) : moment
  })
  return (
    <time dateTime={date.toISOString()} title={moment} suppressHydrationWarning>
      {words}
    </time>
  )
}

/** How long a task runs or ran. A waiting task has none yet. */
function Duration({ task }: { task: TaskSummary }): ReactNode {
  const { text } = useOperations()
  const { status, startedAt, completedAt } = task
  if (!startedAt) return null
  if (isTerminal(status)) return text.duration((completedAt ?? startedAt).getTime() - startedAt.getTime())
  return <Elapsed since={startedAt.getTime()} />
}

function Elapsed({ since }: { since: number }): ReactNode {
  const { text } = useOperations()
  return useAtTime((now) => (now === null ? null : text.duration(now - since)))
}

interface ActButtonProps {
  taskId: string
  title: string
  status: TaskSummaryJson['status']
  tabIndex?: number
}

/** Cancels what is under way, or tries again what has failed or was cancelled. */
export function ActButton({ taskId, title, status, tabIndex }: ActButtonProps): ReactNode {
  const { text } = useOperations()
  const run = useAct()
  const act = actOf(status)
  if (!act) return null
  return (
    <>
      {run.error && (
        <span role="alert" className="brandkit-operations-error">
          {text('act.failed', { reason: run.error.message })}
        </span>
      )}
      <button
        type="button"
        className="brandkit-button"
        tabIndex={tabIndex}
        aria-label={text(`action.${act}Task`, { title })}
        aria-disabled={run.isPending || undefined}
        onClick={() => !run.isPending && run.mutate({ taskId, act })}
      >
        {text(`action.${act}`)}
      </button>
    </>
  )
}
