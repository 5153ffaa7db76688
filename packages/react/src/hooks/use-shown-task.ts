'use client'

import { isTerminal, type TaskError, type TaskSummary } from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTrackedTasks } from '../provider/use-tracked-tasks.js'
import { newerOf } from '../queries/task-cache.js'
import { summaryQuery, taskQuery } from '../queries/task-query.js'

/** Names a task: by its id, or by a version of it, which spares the page a request. */
export type ShownTask =
  | {
      /** The id of the task. This page reads it, if it does not know the task yet. */
      taskId: string
      task?: undefined
    }
  | {
      /** A version of the task that the app has already. */
      task: TaskSummary
      taskId?: undefined
    }

export interface UseShownTaskResult {
  /** The newest version that this page knows. `undefined` during the first read, and after one that failed. */
  task: TaskSummary | undefined
  error: TaskError | null
}

/**
 * One task without its content, followed to its end. A given version is shown until the page hears of a newer one. An id
 * is read by one request, if this page does not know the task. Renders at every change.
 */
export function useShownTask({ taskId = '', task: given }: ShownTask): UseShownTaskResult {
  const { service, session, userId, queryClient } = useTaskContext()
  const id = given?.taskId ?? taskId
  const isUnknown = !given && session.cache.find(id) === undefined
  const { data: summary } = useQuery(summaryQuery(userId, id), queryClient)
  const { data: whole, error } = useQuery(
    { ...taskQuery({ service, userId }, id), enabled: isUnknown && userId !== null && id !== '' },
    queryClient,
  )
  const task = newerOf<TaskSummary>(newerOf<TaskSummary>(whole, summary), given)

  // An ended task that only a list has told of is in no cache: the follower would read it.
  const isOver = given !== undefined && isTerminal(given.status)
  useEffect(() => (isOver || id === '' ? undefined : session.follow(id, {})), [session, id, isOver])
  useEffect(() => {
    // The follower would otherwise read again what this hook has just read.
    if (whole) session.follower.receive(whole)
  }, [session, whole])
  return { task, error: task ? null : (error as TaskError | null) }
}

/** The id of the task that has taken the place of this one by retries, or the same id. */
export function useLatestTry(taskId: string): string {
  return useTrackedTasks((tasks) => {
    let latest = taskId
    // Newest first, so the retries of a retry are found from the oldest on.
    for (const { retryOf, taskId: next } of tasks.toReversed()) if (retryOf === latest) latest = next
    return latest
  })
}
