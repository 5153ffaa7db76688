import type { ListTasksResponse } from '@brandkit/core'
import { type InfiniteData, notifyManager, type QueryClient } from '@tanstack/react-query'
import { taskKeys } from './task-keys.js'

/**
 * Takes a deleted task from every list of the query cache, at once. Lists that are shown are then read again, since an answer
 * that was on its way may hold the task still; a component that reads the task by its id gets `task_gone`.
 */
export function removeDeletedTask(
  { queryClient, userId }: { queryClient: QueryClient; userId: string | null },
  taskId: string,
): void {
  notifyManager.batch(() => {
    const histories = { queryKey: taskKeys.histories(userId) }
    queryClient.setQueriesData<InfiniteData<ListTasksResponse>>(histories, (history) => {
      if (!history) return history
      return { ...history, pages: history.pages.map((page) => withoutTask(page, taskId)) }
    })
    queryClient.setQueriesData<readonly string[]>({ queryKey: taskKeys.batches(userId) }, (ids) =>
      ids?.filter((id) => id !== taskId),
    )
    void queryClient.invalidateQueries(histories)
    void queryClient.resetQueries({
      queryKey: taskKeys.latests(userId),
      predicate: ({ state }) => (state.data as { taskId?: string } | null | undefined)?.taskId === taskId,
    })
    void queryClient.resetQueries({ queryKey: taskKeys.task(userId, taskId) })
  })
}

function withoutTask(page: ListTasksResponse, taskId: string): ListTasksResponse {
  return { ...page, tasks: page.tasks.filter((task) => task.taskId !== taskId) }
}
