'use client'

import type { TaskError } from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskMutation } from './use-task-mutation.js'

/**
 * Empties an ended task by its id: the row leaves the panel and every list, in all tabs. Later reads get `task_gone`.
 * Rejects with `task_is_active` while the task still runs.
 */
export function useDeleteTask(): UseMutationResult<void, TaskError, string> {
  const { session } = useTaskContext()
  return useTaskMutation((taskId: string) => session.delete(taskId))
}
