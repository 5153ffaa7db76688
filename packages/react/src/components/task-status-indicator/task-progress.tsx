'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'

interface TaskProgressProps {
  task: BackgroundTask
  title: string
}

/** A bar that tells how far a task is, or honestly that this is unknown. It is never full: then the task is over. */
export function TaskProgress({ task, title }: TaskProgressProps): ReactNode {
  const translate = useTranslate()
  // Nothing progresses while a task waits; the track keeps the row's height.
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
