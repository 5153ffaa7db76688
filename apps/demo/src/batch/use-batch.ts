import { type BackgroundTask, type TaskBatch, type TaskError, toTaskBatch } from '@brandkit/core'
import { useTaskBatch, useTaskContext } from '@brandkit/react'
import { useQuery } from '@tanstack/react-query'

interface Batch {
  /** Oldest first. */
  tasks: BackgroundTask[]
  /** `null` as long as nothing is known of it. */
  summary: TaskBatch | null
  /** There is none that this user may see, or it cannot be read. */
  error: TaskError | null
}

/** The tasks of a batch as they are now, and how far they are together. */
export function useBatch(batchId: string): Batch {
  const { service, userId } = useTaskContext()
  const { tasks } = useTaskBatch(batchId)
  const { error } = useQuery<TaskBatch, TaskError>({
    queryKey: ['studio', 'batch', userId, batchId],
    queryFn: ({ signal }) => service.getBatch(batchId, { signal }),
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
  })
  return { tasks, summary: toTaskBatch(batchId, tasks), error }
}
