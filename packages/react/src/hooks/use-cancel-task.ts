'use client'

import type { BackgroundTask, TaskError } from '@brandkit/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'

/** Cancels a task by its id. Rejects with `task_is_over` when the task ended otherwise in the meantime. */
export function useCancelTask(): UseMutationResult<BackgroundTask, TaskError, string> {
  const { session, queryClient } = useTaskContext()
  return useMutation<BackgroundTask, TaskError, string>(
    { mutationFn: (taskId) => session.cancel(taskId), networkMode: 'always', retry: false },
    queryClient,
  )
}
