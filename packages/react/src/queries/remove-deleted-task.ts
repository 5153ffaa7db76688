import type { ListTasksResponse } from '@brandkit/core'
import { type InfiniteData, notifyManager, type QueryClient } from '@tanstack/react-query'
import { taskKeys } from './task-keys.js'

/**
 * Removes a deleted task from every history at once. Then reads all lists again, because a reply that was on its way
 * may still hold the task. Components that read the task by its id get `task_gone`.
 */
export function removeDeletedTask(
  { queryClient, userId }: { queryClient: QueryClient; userId: string | null },
  taskId: string,
): void {
  notifyManager.batch(() => {
    queryClient.setQueriesData<InfiniteData<ListTasksResponse>>(
      { queryKey: taskKeys.histories(userId) },
      (history) => history && { ...history, pages: history.pages.map((page) => withoutTask(page, taskId)) },
    )
    for (const queryKey of taskKeys.lists(userId)) void queryClient.invalidateQueries({ queryKey })
    void queryClient.resetQueries({ queryKey: taskKeys.summary(userId, taskId) })
    void queryClient.resetQueries({ queryKey: taskKeys.task(userId, taskId) })
  })
}

function withoutTask(page: ListTasksResponse, taskId: string): ListTasksResponse {
  return { ...page, tasks: page.tasks.filter((task) => task.taskId !== taskId) }
}
