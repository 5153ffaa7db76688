'use client'

import type { BackgroundTask, TaskError, TaskId, TaskJson, TaskType } from '@brandkit/core'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { taskQuery } from '../queries/task-query.js'

/**
 * Reads one task: at once when this page knows it, else by one request. Renders whenever it changes, but never makes
 * the page follow it; see `useTaskPolling`. `null` reads nothing.
 */
export function useTask<T extends TaskType = TaskType>(
  taskId: TaskId<T> | null | undefined,
): UseQueryResult<BackgroundTask<T>, TaskError> {
  const { service, userId, queryClient } = useTaskContext()
  return useQuery<TaskJson, TaskError, BackgroundTask<T>, ReturnType<typeof taskQuery>['queryKey']>(
    { ...taskQuery<T>({ service, userId }, taskId ?? ''), enabled: Boolean(taskId) && userId !== null },
    queryClient,
  )
}
