'use client'

import type { BackgroundTask, TaskError, TaskId, TaskJson, TaskType } from '@brandkit/core'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { taskQuery } from '../queries/task-query.js'

/**
 * Reads one task: from the cache, or by one request if this page does not know the task. Renders at every change, but
 * does not follow the task; see `useTaskPolling`. `null` reads nothing.
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
