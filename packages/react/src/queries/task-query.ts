import type { TaskWire } from '@brandkit/client'
import type { BackgroundTask, TaskId, TaskJson, TaskSummary, TaskSummaryJson, TaskType } from '@brandkit/core'
import { skipToken } from '@tanstack/react-query'
import { mergeTask } from './merge-task.js'
import { READ_ONCE } from './read-once.js'
import { taskKeys } from './task-keys.js'
import { toAppTask } from './to-app-task.js'

export interface TaskQueryOptions<T extends TaskType = TaskType> {
  queryKey: ReturnType<typeof taskKeys.task>
  queryFn: (context: { signal: AbortSignal }) => Promise<TaskJson>
  select: (json: TaskJson) => BackgroundTask<T>
  structuralSharing: (known: unknown, incoming: unknown) => unknown
  staleTime: number
  retry: false
  refetchOnMount: false
  refetchOnWindowFocus: false
  refetchOnReconnect: false
}

/**
 * Query options that read one task once: for prefetching, loaders and suspense. On a server, pass `{ wire:
 * server.as(principal) }` as the service. The follower keeps the entry current.
 *
 * The cache holds wire JSON; `select` converts it to the app's form with dates.
 */
export function taskQuery<T extends TaskType = TaskType>(
  { service, userId }: { service: { wire: Pick<TaskWire, 'getStatus'> }; userId: string | null },
  taskId: TaskId<T>,
): TaskQueryOptions<T> {
  return {
    queryKey: taskKeys.task(userId, taskId),
    queryFn: async ({ signal }) => service.wire.getStatus(taskId, { signal }),
    select: toAppTask as unknown as (json: TaskJson) => BackgroundTask<T>,
    structuralSharing: shareTask,
    // The follower brings changes; reading again on mount or focus would only double its requests.
    ...READ_ONCE,
    refetchOnMount: false,
  }
}

/**
 * The summary of a task that the page has not read. The cache writes it, and nothing fetches it: components that show the
 * content read the task itself.
 */
export function summaryQuery(userId: string | null, taskId: string) {
  return {
    queryKey: taskKeys.summary(userId, taskId),
    queryFn: skipToken,
    select: toAppTask satisfies (json: TaskSummaryJson) => TaskSummary,
    structuralSharing: false,
  } as const
}

/**
 * The `structuralSharing` of every task entry. Query also calls it for selected data, where the old value may be
 * another task because the component's id has changed.
 */
export function shareTask(known: unknown, incoming: unknown): unknown {
  const before = known as TaskJson | undefined
  const after = incoming as TaskJson
  return mergeTask(before?.taskId === after.taskId ? before : undefined, after)
}
