'use client'

import { createTextReader, type TaskText } from '@brandkit/client'
import type { TaskId, TaskType } from '@brandkit/core'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskPolling } from './use-task-polling.js'

const NOTHING: TaskText = { text: '', isComplete: false, error: null }
const getNothing = () => NOTHING
const subscribeToNothing = () => () => {}

/**
 * The text that a task streams. Follows the task, reads what is new when its text has grown, and renders at every change.
 * After a reload the text is read again up to where it stands. `null` reads nothing.
 */
export function useTaskText<T extends TaskType = TaskType>(taskId: TaskId<T> | null | undefined): TaskText {
  const { service, userId } = useTaskContext()
  const { data: task, error } = useTaskPolling(taskId)
  const reader = useMemo(
    () => (taskId && userId !== null ? createTextReader({ service, taskId }) : undefined),
    [service, taskId, userId],
  )
  useEffect(() => () => reader?.stop(), [reader])
  useEffect(() => {
    if (task) reader?.follow(task)
  }, [reader, task])

  const read = useSyncExternalStore(reader?.subscribe ?? subscribeToNothing, reader?.get ?? getNothing, getNothing)
  return error && !task ? { ...read, error } : read
}
