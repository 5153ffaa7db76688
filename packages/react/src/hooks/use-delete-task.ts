'use client'

import type { TaskError } from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskMutation } from './use-task-mutation.js'

/**
 * Empties a task that has ended, by its id: its row leaves the panel and every list, in all tabs. Reading it again answers
 * `task_gone`. Rejects with `task_is_active` while it still runs.
 */
export function useDeleteTask(): UseMutationResult<void, TaskError, string> {
  const { session } = useTaskContext()
  return useTaskMutation((taskId: string) => session.delete(taskId))
}
