'use client'

import type { TaskSummary } from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { newerOf } from '../queries/task-cache.js'
import { summaryQuery, taskQuery } from '../queries/task-query.js'

/**
 * One task as rows need it, without its content: from the cache, and by one request only if this page does not know the
 * task at all. Renders at every change.
 */
export function useTaskSummary(taskId: string): TaskSummary | undefined {
  const { service, session, userId, queryClient } = useTaskContext()
  const isUnknown = session.cache.find(taskId) === undefined
  const { data: summary } = useQuery(summaryQuery(userId, taskId), queryClient)
  const { data: task } = useQuery(
    { ...taskQuery({ service, userId }, taskId), enabled: isUnknown && userId !== null },
    queryClient,
  )
  return newerOf<TaskSummary>(task, summary)
}
