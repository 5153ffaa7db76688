'use client'

import type { TaskHints } from '@brandkit/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { taskKeys } from '../queries/task-keys.js'

/** The server's hints about a task: its place in the queue, and when it may be ready. */
export function useTaskHints(taskId: string): TaskHints | undefined {
  const { userId, queryClient } = useTaskContext()
  const { data } = useQuery<TaskHints>(
    { queryKey: taskKeys.hints(userId, taskId), queryFn: skipToken, staleTime: Infinity },
    queryClient,
  )
  return data
}
