'use client'

import type { ReactNode } from 'react'
import { TaskButton } from './task-button.js'
import { type HandOverOptions, useHandOver } from './use-hand-over.js'

interface HandOverActionProps extends Omit<HandOverOptions, 'taskId'> {
  task: { taskId: string }
  title: string
}

/** A button that hands a whole task over to the app. */
export function HandOverAction({ task: { taskId }, title, ...options }: HandOverActionProps): ReactNode {
  const { begin, isReading, problem } = useHandOver({ taskId, ...options })
  return (
    <>
      {problem && <span className="brandkit-cause">{problem}</span>}
      <TaskButton action={options.action} title={title} aria-disabled={isReading} onClick={begin} />
    </>
  )
}
