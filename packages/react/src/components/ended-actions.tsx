'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { TaskButton } from './task-button.js'
import { RetryAction } from './task-status-indicator/retry-action.js'

interface EndedActionsProps {
  task: BackgroundTask
  title: string
  onOpenResult: ((task: BackgroundTask) => void) | undefined
  /** Called when the result was opened, or when the task that tries again is there. */
  onDone?: (() => void) | undefined
}

/** What can be made of a task that has ended. */
export function EndedActions({ task, title, onOpenResult, onDone }: EndedActionsProps): ReactNode {
  const open = () => {
    onOpenResult?.(task)
    onDone?.()
  }
  return (
    <>
      {task.status === 'completed' && onOpenResult && <TaskButton action="open" title={title} onClick={open} />}
      <RetryAction task={task} title={title} onDone={onDone} />
    </>
  )
}
