import type { ListTasksResponse } from '@brandkit/core'
import { type InfiniteData, notifyManager } from '@tanstack/react-query'
import { type ListCache, readListsAgain } from './read-lists-again.js'
import { taskKeys } from './task-keys.js'

/**
 * Removes deleted tasks from every history at once. Then reads all lists again, because a reply that was on its way
 * may still hold a task. Components that read a task by its id get `task_gone`.
 */
export function removeDeletedTasks(cache: ListCache, taskIds: readonly string[]): void {
  const { queryClient, userId } = cache
  notifyManager.batch(() => {
    queryClient.setQueriesData<InfiniteData<ListTasksResponse>>(
      { queryKey: taskKeys.histories(userId) },
      (history) => history && { ...history, pages: history.pages.map((page) => withoutTasks(page, taskIds)) },
    )
    readListsAgain(cache)
    for (const taskId of taskIds) {
      void queryClient.resetQueries({ queryKey: taskKeys.summary(userId, taskId) })
      void queryClient.resetQueries({ queryKey: taskKeys.task(userId, taskId) })
    }
  })
}

function withoutTasks(page: ListTasksResponse, taskIds: readonly string[]): ListTasksResponse {
  return { ...page, tasks: page.tasks.filter(({ taskId }) => !taskIds.includes(taskId)) }
}
