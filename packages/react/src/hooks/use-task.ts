'use client'

import type { BackgroundTask, TaskError, TaskId, TaskJson, TaskSummaryJson, TaskType } from '@brandkit/core'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { taskQuery } from '../queries/task-query.js'

/**
 * Reads one task with payload and result: from the cache, or by one request if this page does not know the task, or only
 * from a list. Renders at every change, but does not follow the task; see `useTaskPolling`. `null` reads nothing.
 *
 * `payload` is absent where only a list or a stream has told of the task, or where the read shared its request with others:
 * check for it before you show it.
 */
export function useTask<T extends TaskType = TaskType>(
  taskId: TaskId<T> | null | undefined,
): UseQueryResult<BackgroundTask<T>, TaskError> {
  const { service, session, userId, queryClient } = useTaskContext()
  return useQuery<TaskJson, TaskError, BackgroundTask<T>, ReturnType<typeof taskQuery>['queryKey']>(
    {
      ...taskQuery<T>({ service, userId }, taskId ?? ''),
      enabled: Boolean(taskId) && userId !== null,
      placeholderData: () => toPlaceholder(session.cache.find(taskId ?? '')),
    },
    queryClient,
  )
}

/**
 * A task that a list has told of is shown at once, while it is read whole. Not a completed one: apps take for granted that
 * it has its result.
 */
function toPlaceholder(known: TaskSummaryJson | undefined): TaskJson | undefined {
  return known && known.status !== 'completed' ? (known as TaskJson) : undefined
}
