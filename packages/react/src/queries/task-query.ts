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
 * Query options that read one task once: for prefetching, loaders and suspense, and on a server with
 * `{ wire: server.as(principal) }` for the service. The follower keeps the entry current.
 *
 * The cache holds wire JSON; `select` gives the app's form with dates.
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
    // What changes is brought by the follower; asking again on mount or focus would only double its requests.
    ...READ_ONCE,
    refetchOnMount: false,
  }
}

/**
 * `structuralSharing` of every task entry. Query asks it for selected data too, and there the one before may be another
 * task: the component was given a new id.
 */
export function shareTask(known: unknown, incoming: unknown): unknown {
  const before = known as TaskJson | undefined
  const after = incoming as TaskJson
  return mergeTask(before?.taskId === after.taskId ? before : undefined, after)
}
