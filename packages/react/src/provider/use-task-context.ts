'use client'

import { useContext } from 'react'
import { TaskContext, type TaskContextValue } from './task-context.js'

/** The services of the nearest TaskProvider. */
export function useTaskContext(): TaskContextValue {
  const context = useContext(TaskContext)
  if (!context)
    throw new Error('There is no TaskProvider above this component. Wrap your app in <TaskProvider userId={…}>.')
  return context
}
