'use client'

import type { BackgroundTask, TaskError } from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskMutation } from './use-task-mutation.js'

/** Cancels a task by its id. Rejects with `task_is_over` when the task has completed or failed in the meantime. */
export function useCancelTask(): UseMutationResult<BackgroundTask, TaskError, string> {
  const { session } = useTaskContext()
  return useTaskMutation((taskId: string) => session.cancel(taskId))
}
