'use client'

import type { BackgroundTask, TaskError, TaskId, TaskSummaryJson, TaskType } from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTrackedTasks } from '../provider/use-tracked-tasks.js'
import { isMatch } from '../queries/is-match.js'
import { READ_ONCE } from '../queries/read-once.js'
import { taskKeys } from '../queries/task-keys.js'
import { useTask } from './use-task.js'

export interface UseLatestTaskOptions {
  /** Default: the provider's brand, or any brand if the provider has none. */
  brandId?: string | undefined
}

type Latest = Pick<TaskSummaryJson, 'taskId' | 'createdAt'>

/**
 * The newest task of a type in its current state, whichever page created it: a reloaded page shows the same task as
 * before. `undefined` during the first read, and when no task exists.
 */
export function useLatestTask<T extends TaskType>(
  type: T,
  options: UseLatestTaskOptions = {},
): BackgroundTask<T> | undefined {
  const { service, session, userId, queryClient, brandId: brandOfProvider } = useTaskContext()
  const filter = { type, brandId: options.brandId ?? brandOfProvider }
  const queryKey = taskKeys.latest(userId, filter)

  const { data: known } = useQuery<Latest | null, TaskError>(
    {
      ...READ_ONCE,
      queryKey,
      queryFn: async ({ signal }) => {
        const { tasks } = await service.wire.list({ ...filter, limit: 1 }, { signal })
        session.receive(tasks)
        return toLatest(tasks[0])
      },
      enabled: userId !== null,
    },
    queryClient,
  )
  const tracked = useTrackedTasks((all) => toLatest(all.find((task) => isMatch(task, filter))))
  const latest = tracked && (!known || tracked.createdAt > known.createdAt) ? tracked : known

  useEffect(() => {
    // The registry stops tracking a task that is dismissed from the panel, but the task is still the latest.
    if (latest && latest !== known) queryClient.setQueryData(queryKey, latest)
  })
  return useTask<T>(latest?.taskId as TaskId<T> | undefined).data
}

function toLatest(task: TaskSummaryJson | undefined): Latest | null {
  return task ? { taskId: task.taskId, createdAt: task.createdAt } : null
}
