'use client'

import { type BackgroundTask, isTerminal } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'

interface TaskProgressProps {
  task: BackgroundTask
  title: string
  className: string
}

/** A bar that tells how far a task is, or honestly that nobody knows. Full only when the task is over, and then gone. */
export function TaskProgress({ task, title, className }: TaskProgressProps): ReactNode {
  const { translate } = useTaskContext()
  if (isTerminal(task.status)) return null
  // Nothing progresses while a task waits; the track keeps the row's height.
  if (task.status === 'queued' && task.progress === 0)
    return <div className={className} data-waiting aria-hidden="true" />

  const percent = Math.min(99, Math.floor(task.progress))
  if (percent === 0)
    return <progress className={className} aria-label={title} aria-valuetext={translate('progress.indeterminate')} />
  return (
    <progress
      className={className}
      max={100}
      value={percent}
      aria-label={title}
      aria-valuetext={translate('progress.percent', { percent })}
    />
  )
}
