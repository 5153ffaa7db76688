'use client'

import { stopAll } from '@brandkit/client/page'
import { type BackgroundTask, isTerminal, progressOf, type TaskError, withoutRetried } from '@brandkit/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTrackedTasks } from '../provider/use-tracked-tasks.js'
import { listAll } from '../queries/list-all.js'
import { READ_ONCE } from '../queries/read-once.js'
import { taskKeys } from '../queries/task-keys.js'
import { taskQuery } from '../queries/task-query.js'

export interface UseTaskBatchResult {
  /** Oldest first, as they are now. A task that was retried is among them, and so is its retry. */
  tasks: BackgroundTask[]
  /** 0 to 100: the mean over all tasks, where one that has ended counts as done and one that was retried as its retry. */
  progress: number
  /** Whether all have ended, in any way. */
  ended: boolean
}

/** Reads the tasks that were created together and follows them to their end. `null` reads nothing. */
export function useTaskBatch(batchId: string | null | undefined): UseTaskBatchResult {
  const { service, session, userId, queryClient } = useTaskContext()
  const id = batchId ?? null
  const queryKey = taskKeys.batch(userId, id)

  const { data: known = NONE } = useQuery<readonly string[], TaskError>(
    {
      ...READ_ONCE,
      queryKey,
      queryFn: async ({ signal }) => {
        const tasks = await listAll(service.wire, { batchId: id ?? '' }, signal)
        session.receive(tasks)
        return tasks.map(({ taskId }) => taskId)
      },
      enabled: id !== null && userId !== null,
    },
    queryClient,
  )
  const tracked = useTrackedTasks((all) =>
    id === null ? NONE : all.filter((task) => task.batchId === id).map(({ taskId }) => taskId),
  )
  const unknown = tracked.filter((taskId) => !known.includes(taskId))
  const taskIds = [...known, ...unknown]

  useEffect(() => {
    // A task that is dismissed from the panel is not tracked any more, but still belongs to its batch.
    if (unknown.length > 0) queryClient.setQueryData(queryKey, taskIds)
  })
  const idsToFollow = taskIds.join(' ')
  useEffect(() => {
    const ids = idsToFollow === '' ? [] : idsToFollow.split(' ')
    return stopAll(...ids.map((taskId) => session.follow(taskId, {})))
  }, [session, idsToFollow])

  const tasks = useQueries(
    {
      queries: taskIds.map((taskId) => taskQuery({ service, userId }, taskId)),
      combine: toTasks,
    },
    queryClient,
  )
  const current = withoutRetried(tasks)
  return {
    tasks,
    progress: Math.floor(progressOf(current)),
    ended: current.length > 0 && current.every(({ status }) => isTerminal(status)),
  }
}

const NONE: readonly string[] = []

function toTasks(results: readonly { data: BackgroundTask | undefined }[]): BackgroundTask[] {
  return results.flatMap(({ data }) => data ?? []).toSorted(oldestFirst)
}

function oldestFirst(a: BackgroundTask, b: BackgroundTask): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.taskId < b.taskId ? -1 : 1)
}
