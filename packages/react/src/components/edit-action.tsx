'use client'

import type { TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { needsEdit } from './failure-advice.js'
import { HandOverAction } from './hand-over-action.js'

interface EditActionProps {
  task: TaskSummary
  title: string
  /** Called when the app has opened its form. */
  onDone?: (() => void) | undefined
}

/** Opens the app's form for a failure whose input must change. Renders nothing for others, or without `onEdit`. */
export function EditAction({ task, title, onDone }: EditActionProps): ReactNode {
  const { onEdit } = useTaskContext()
  if (!onEdit || !needsEdit(task)) return null
  return <HandOverAction action="edit" task={task} title={title} onRead={onEdit} onDone={onDone} />
}
