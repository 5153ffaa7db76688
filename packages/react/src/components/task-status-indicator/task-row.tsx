'use client'

import { isTerminal, type TaskPhase, type TaskSummary } from '@brandkit/core'
import { memo, type ReactNode } from 'react'
import { useTaskPhase } from '../../hooks/use-task-phase.js'
import { useTaskSummary } from '../../hooks/use-task-summary.js'
import { useTranslate } from '../../provider/use-translate.js'
import { inSlot, type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { TaskActions } from './task-actions.js'
import { TaskDetail } from '../task-parts/task-detail.js'
import { TaskFailure } from '../task-parts/task-failure.js'
import { TaskBar } from '../task-parts/task-bar.js'
import { TaskTitle } from '../task-parts/task-title.js'
import { TaskResult } from '../task-parts/task-result.js'
import { FoldedSteps } from '../task-parts/folded-steps.js'

interface TaskRowProps {
  taskId: string
  looks: Looks
}

/** The phases in which steps are informative. All steps look alike before the first attempt and after success. */
const STEPS_IN_PHASE: ReadonlySet<TaskPhase> = new Set<TaskPhase>(['running', 'throttled', 'retrying', 'failed'])

/** One task. It reads its own cache entry, so that a change of one task renders one row. */
export const TaskRow = memo(function TaskRow({ taskId, looks }: TaskRowProps): ReactNode {
  const task = useTaskSummary(taskId)
  return task && <KnownTaskRow task={task} looks={looks} />
})

interface KnownTaskRowProps {
  task: TaskSummary
  looks: Looks
}

function KnownTaskRow({ task, looks }: KnownTaskRowProps) {
  const translate = useTranslate()
  const { phase, label } = useTaskPhase(task)
  const { taskId } = task
  const title = looks.getTitle?.(task) ?? translate.title(task)
  const state = { phase, type: task.type }
  const content = (
    <>
      <PhaseIcon phase={phase} />
      <div className="brandkit-row-main">
        <TaskTitle task={task} title={title} state={state} looks={looks} />
        <div {...partProps(looks, 'detail', state)}>
          {inSlot(looks, 'detail', task, <TaskDetail task={task} phase={phase} label={label} />)}
        </div>
      </div>
      <div {...partProps(looks, 'actions', state)}>
        {inSlot(looks, 'actions', task, <TaskActions task={task} title={title} looks={looks} />)}
      </div>
      <div className="brandkit-row-more">
        {!isTerminal(task.status) && (
          <div {...partProps(looks, 'progress', state)}>
            {inSlot(looks, 'progress', task, <TaskBar task={task} title={title} />)}
          </div>
        )}
        {task.status === 'failed' && <TaskFailure task={task} title={title} />}
        {STEPS_IN_PHASE.has(phase) && task.steps && task.steps.length > 0 && (
          <FoldedSteps task={task} steps={task.steps} looks={looks} />
        )}
        {looks.renderResult && <TaskResult taskId={taskId} renderResult={looks.renderResult} />}
      </div>
    </>
  )
  return (
    // Only scripts focus the row: it takes the focus when the focused row goes away.
    <li {...partProps(looks, 'row', state)} data-task-id={taskId} tabIndex={-1} aria-label={title}>
      {inSlot(looks, 'row', task, content)}
    </li>
  )
}
