'use client'

import { isPageHidden } from '@brandkit/client/page'
import { isTerminal, type ListTasksResponse, type TaskError, type TaskFilter, type TaskSummary } from '@brandkit/core'
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { READ_ONCE } from '../queries/read-once.js'
import { taskKeys } from '../queries/task-keys.js'
import { toAppTask } from '../queries/to-app-task.js'

/** Newest first. */
export interface TaskPage {
  tasks: TaskSummary[]
  /** `null` on the last page. */
  nextCursor: string | null
}

/** Many tasks that start or end together cause only one read. */
const GATHER_MS = 500

/**
 * All tasks of the user, page by page, as summaries. The hook reads again after a task of this page has started or
 * ended. Progress in between comes from `useTasks`, and content from `useTask` where it is shown.
 */
export function useTaskHistory(filter: TaskFilter = {}): UseInfiniteQueryResult<InfiniteData<TaskPage>, TaskError> {
  const { service, session, userId, queryClient } = useTaskContext()
  const query = useInfiniteQuery<
    ListTasksResponse,
    TaskError,
    InfiniteData<TaskPage>,
    ReturnType<typeof taskKeys.history>,
    string | null
  >(
    {
      ...READ_ONCE,
      refetchOnWindowFocus: true,
      queryKey: taskKeys.history(userId, filter),
      queryFn: async ({ pageParam, signal }) => {
        const list = service.wire.list({ ...filter, ...(pageParam && { cursor: pageParam }) }, { signal })
        const page = await session.noticing(list)
        session.receive(page.tasks.filter(({ status }) => !isTerminal(status)))
        return page
      },
      initialPageParam: filter.cursor ?? null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      select: toAppPages,
      enabled: userId !== null,
    },
    queryClient,
  )

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = session.events.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        // Hidden tabs send no requests: stale data is read when the tab is visible again.
        const refetchType = isPageHidden() ? 'none' : 'active'
        void queryClient.invalidateQueries({ queryKey: taskKeys.histories(userId), refetchType })
      }, GATHER_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [session, userId, queryClient])
  return query
}

function toAppPages({ pages, pageParams }: InfiniteData<ListTasksResponse>): InfiniteData<TaskPage> {
  return {
    pages: pages.map(({ tasks, nextCursor }) => ({ tasks: tasks.map((task) => toAppTask(task)), nextCursor })),
    pageParams,
  }
}
