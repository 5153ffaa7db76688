import type { TaskSummary, TaskStatus } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { useTaskHistory, useTasks } from '@brandkit/react'

export interface HistoryFilter {
  type?: BrandTaskType
  status?: TaskStatus
  /** Only tasks that have all of these tags. */
  tags?: string[]
  /** Words of titles and tags. */
  search?: string
}

interface History {
  /** Newest first. */
  tasks: TaskSummary[]
  isLoading: boolean
  error: Error | null
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
}

const PAGE = 20

/** Pages of the user's tasks from the server, each task in the newest version that this page knows. */
export function useHistory(filter: HistoryFilter): History {
  const { data, isLoading, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useTaskHistory({
    ...filter,
    limit: PAGE,
  })
  const live = useTasks(filter)
  const listed = data?.pages.flatMap(({ tasks }) => tasks) ?? []
  const oldest = listed.at(-1)?.createdAt ?? new Date(0)
  // Older tasks come with later pages.
  const fresh = hasNextPage ? live.filter(({ createdAt }) => createdAt > oldest) : live

  return {
    tasks: mergeTasks(listed, fresh).filter(({ status }) => !filter.status || status === filter.status),
    isLoading,
    error,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
  }
}

/** Merges lists: each task once, in its newest version; newest task first. */
function mergeTasks(...lists: readonly (readonly TaskSummary[])[]): TaskSummary[] {
  const byId = new Map<string, TaskSummary>()
  for (const task of lists.flat()) {
    const known = byId.get(task.taskId)
    if (!known || task.version >= known.version) byId.set(task.taskId, task)
  }
  return [...byId.values()].toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
}
