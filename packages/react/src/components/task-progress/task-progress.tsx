'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { type ShownTask, useLatestTry, useShownTask } from '../../hooks/use-shown-task.js'
import { useTaskAnnouncements } from '../../hooks/use-task-announcements.js'
import { useTaskPhase } from '../../hooks/use-task-phase.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { EndedActions } from '../ended-actions.js'
import { EditAction } from '../edit-action.js'
import { inFrameSlot, inSlot, type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { CancelAction } from '../task-parts/cancel-action.js'
import { InlineNote } from '../task-parts/inline-note.js'
import { TaskBar } from '../task-parts/task-bar.js'
import { TaskDetail } from '../task-parts/task-detail.js'
import { TaskTitle } from '../task-parts/task-title.js'
import { useFailureText } from '../use-failure-text.js'
import { useLooks } from '../use-looks.js'

interface TaskProgressOptions extends Looks {
  /** `full`: title, bar, what the task does, and actions. `compact`: one line. Default `full`. */
  variant?: 'full' | 'compact' | undefined
  /** Whether users can cancel the task, try it again and open its result here. Default: in `full` only. */
  actions?: boolean | undefined
}

export type TaskProgressProps = TaskProgressOptions & ShownTask

/**
 * The progress of one task inside an app's page: a bar, the step and the remaining time, then the end. It follows the task,
 * and after a retry the task that has taken its place.
 *
 * @example <TaskProgress taskId={plan.taskId} onOpenResult={open} />
 */
export function TaskProgress(props: TaskProgressProps): ReactNode {
  const { variant = 'full' } = props
  const looks = useLooks(props)
  const givenId = props.task?.taskId ?? props.taskId ?? ''
  const latestId = useLatestTry(givenId)
  const { task, error } = useShownTask(props.task && latestId === givenId ? { task: props.task } : { taskId: latestId })
  useTaskAnnouncements()
  if (!task) return <InlineNote error={error} lines={variant === 'full' ? 2 : 1} />
  return (
    <KnownTaskProgress task={task} looks={looks} variant={variant} hasActions={props.actions ?? variant === 'full'} />
  )
}

interface KnownTaskProgressProps {
  task: TaskSummary
  looks: Looks
  variant: 'full' | 'compact'
  hasActions: boolean
}

function KnownTaskProgress({ task, looks, variant, hasActions }: KnownTaskProgressProps) {
  const translate = useTranslate()
  const { texts } = useTaskContext()
  const { phase, label } = useTaskPhase(task)
  const state = { phase, type: task.type }
  const title = looks.getTitle?.(task) ?? translate.title(task)
  const isOver = isTerminal(task.status)
  const content = (
    <>
      <PhaseIcon phase={phase} />
      <TaskTitle task={task} title={title} state={state} looks={looks} />
      {!isOver && (
        <div {...partProps(looks, 'progress', state)}>
          {inSlot(looks, 'progress', task, <TaskBar task={task} title={title} />)}
        </div>
      )}
      <Percent task={task} />
      {(variant === 'full' || phase !== 'running') && (
        <div {...partProps(looks, 'detail', state)}>
          {inSlot(looks, 'detail', task, <TaskDetail task={task} phase={phase} label={label} />)}
        </div>
      )}
      {variant === 'full' && task.status === 'failed' && <Cause task={task} />}
      {hasActions && (
        <div {...partProps(looks, 'actions', state)}>
          {inSlot(
            looks,
            'actions',
            task,
            isOver ? (
              <>
                <EditAction task={task} title={title} />
                <EndedActions task={task} title={title} onOpenResult={looks.onOpenResult} />
              </>
            ) : (
              <CancelAction task={task} title={title} />
            ),
          )}
        </div>
      )}
    </>
  )
  const { className, ...attributes } = partProps(looks, 'root', state)
  return (
    <div
      className={`brandkit-inline ${className}`}
      {...attributes}
      data-component="task-progress"
      data-variant={variant}
      data-task-id={task.taskId}
      lang={texts.lang}
    >
      {inFrameSlot(looks, 'root', phase, content)}
    </div>
  )
}

/** Why the task failed, and what users can do. */
function Cause({ task }: { task: TaskSummary }) {
  const { cause, advice } = useFailureText(task)
  return (
    <>
      <p className="brandkit-cause">
        <bdi>{cause}</bdi>
      </p>
      {advice && <p className="brandkit-failure-next">{advice}</p>}
    </>
  )
}

/** The bar's value in digits. Unknown progress has none. */
function Percent({ task: { status, progress } }: { task: TaskSummary }) {
  const translate = useTranslate()
  const percent = Math.min(99, Math.floor(progress))
  if (isTerminal(status) || percent === 0) return null
  // Screen readers have it from the bar.
  return (
    <span className="brandkit-percent" aria-hidden="true">
      {translate.percent(percent)}
    </span>
  )
}
