import type { TaskWire } from '@brandkit/client'
import type { BackgroundTask, TaskId, TaskJson, TaskType } from '@brandkit/core'
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
    select: toAppTask as (json: TaskJson) => BackgroundTask<T>,
    structuralSharing: shareTask,
    // The follower brings changes; reading again on mount or focus would only double its requests.
    ...READ_ONCE,
    refetchOnMount: false,
  }
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
