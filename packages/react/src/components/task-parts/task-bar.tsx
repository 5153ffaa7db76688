'use client'

import type { TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'

interface TaskBarProps {
  task: TaskSummary
  title: string
}

/**
 * A bar for the progress of a task, without a value if the progress is unknown. It never looks full, because a full
 * task has ended.
 */
export function TaskBar({ task, title }: TaskBarProps): ReactNode {
  const translate = useTranslate()
  // A waiting task makes no progress; the empty track keeps the row's height.
  if (task.status === 'queued' && task.progress === 0)
    return <div className="brandkit-bar" data-waiting aria-hidden="true" />

  const percent = Math.min(99, Math.floor(task.progress))
  return (
    <progress
      className="brandkit-bar"
      max={100}
      value={percent || undefined}
      aria-label={title}
      aria-valuetext={translate(percent === 0 ? 'progress.indeterminate' : 'progress.percent', { percent })}
    />
  )
}
