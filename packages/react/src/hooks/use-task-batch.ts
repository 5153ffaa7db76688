'use client'

import { stopAll } from '@brandkit/client/page'
import { isTerminal, progressOf, type TaskError, type TaskSummary, withoutRetried } from '@brandkit/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTrackedTasks } from '../provider/use-tracked-tasks.js'
import { listAll } from '../queries/list-all.js'
import { READ_ONCE } from '../queries/read-once.js'
import { newerOf } from '../queries/task-cache.js'
import { taskKeys } from '../queries/task-keys.js'
import { summaryQuery, taskQuery } from '../queries/task-query.js'

export interface UseTaskBatchResult {
  /**
   * The current tasks, oldest first, without their content: `useTask` has it. Retried tasks and their retries are both
   * included.
   */
  tasks: TaskSummary[]
  /** 0 to 100: the mean over all tasks. Ended tasks count as done, and a retried task has the progress of its retry. */
  progress: number
  /** Whether all tasks have ended, in any way. */
  ended: boolean
}

/** Reads the tasks of a batch and follows them to their end. `null` reads nothing. */
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
    // The registry stops tracking a task that is dismissed from the panel, but the task still belongs to its batch.
    if (unknown.length > 0) queryClient.setQueryData(queryKey, taskIds)
  })
  const idsToFollow = taskIds.join(' ')
  useEffect(() => {
    const ids = idsToFollow === '' ? [] : idsToFollow.split(' ')
    return stopAll(...ids.map((taskId) => session.follow(taskId, {})))
  }, [session, idsToFollow])

  const tasks = useQueries(
    {
      queries: [
        ...taskIds.map((taskId) => ({
          ...taskQuery({ service, userId }, taskId),
          // Rows need no content, so a task that the list has told of is not read.
          enabled: session.cache.find(taskId) === undefined,
        })),
        ...taskIds.map((taskId) => summaryQuery(userId, taskId)),
      ],
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

/** Merges the tasks with their summaries: each task once, in its newest version. */
function toTasks(results: readonly { data: TaskSummary | undefined }[]): TaskSummary[] {
  const tasks = new Map<string, TaskSummary>()
  for (const { data } of results) {
    const newest = data && newerOf(tasks.get(data.taskId), data)
    if (newest) tasks.set(newest.taskId, newest)
  }
  return [...tasks.values()].toSorted(oldestFirst)
}

function oldestFirst(a: TaskSummary, b: TaskSummary): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.taskId < b.taskId ? -1 : 1)
}
