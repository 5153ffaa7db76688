'use client'

import type { TaskFilter } from '@brandkit/core'
import { forwardRef } from 'react'
import type { Translate } from '../../labels/translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTrackedTasks } from '../../provider/use-tracked-tasks.js'
import { isMatch } from '../../queries/is-match.js'
import { classOf, type Looks } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { jointProgress, type TaskGroups } from './group-tasks.js'

interface TaskPillProps {
  groups: TaskGroups
  filter: TaskFilter
  open: boolean
  panelId: string
  looks: Looks
  onToggle: () => void
}

/** The button that stands for all tasks: how many, and how far they are together. */
export const TaskPill = forwardRef<HTMLButtonElement, TaskPillProps>(function TaskPill(props, ref) {
  const { groups, filter, open, panelId, looks, onToggle } = props
  const { translate } = useTaskContext()
  const progress = useTrackedTasks((tasks, isRevealed) =>
    jointProgress(tasks.filter((task) => isRevealed(task.taskId) && isMatch(task, filter))),
  )

  return (
    <button
      ref={ref}
      type="button"
      className={classOf(looks, 'pill')}
      data-phase={pillPhase(groups)}
      aria-expanded={open}
      aria-controls={open ? panelId : undefined}
      onClick={onToggle}
    >
      {progress === null ? <PhaseIcon phase={pillPhase(groups)} /> : <ProgressRing percent={progress} />}
      <span className="brandkit-pill-text">{pillText(groups, translate)}</span>
      {progress !== null && progress > 0 && <span className="brandkit-pill-percent">{progress}%</span>}
      {groups.active.length > 0 && groups.attention.length > 0 && (
        <span className="brandkit-pill-badge">
          {groups.attention.length}
          <span className="brandkit-hidden"> {translate('pill.attention', { count: groups.attention.length })}</span>
        </span>
      )}
      <svg className="brandkit-chevron" viewBox="0 0 16 16" aria-hidden="true">
        <path d="m4 10 4-4 4 4" />
      </svg>
    </button>
  )
})

function pillPhase({ active, attention }: TaskGroups): 'running' | 'failed' | 'completed' {
  if (active.length > 0) return 'running'
  return attention.length > 0 ? 'failed' : 'completed'
}

function pillText({ active, attention, finished }: TaskGroups, translate: Translate): string {
  if (active.length > 0) return translate('pill.active', { count: active.length })
  if (attention.length > 0) return translate('pill.attention', { count: attention.length })
  return translate('pill.finished', { count: finished.length })
}

function ProgressRing({ percent }: { percent: number }) {
  return (
    <svg
      className="brandkit-ring"
      viewBox="0 0 20 20"
      aria-hidden="true"
      data-indeterminate={percent === 0 || undefined}
    >
      <circle cx="10" cy="10" r="8" pathLength="100" />
      <circle cx="10" cy="10" r="8" pathLength="100" strokeDasharray={`${percent === 0 ? 25 : percent} 100`} />
    </svg>
  )
}
