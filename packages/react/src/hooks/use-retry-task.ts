'use client'

import type { BackgroundTask, TaskError } from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskMutation } from './use-task-mutation.js'

/**
 * Does the work of a failed or cancelled task again, by its id. Returns the new task, which is followed to its end and
 * takes the old task's place in the panel. The call is idempotent: a second one returns the same new task.
 */
export function useRetryTask(): UseMutationResult<BackgroundTask, TaskError, string> {
  const { session } = useTaskContext()
  return useTaskMutation((taskId: string) => session.retry(taskId))
}
