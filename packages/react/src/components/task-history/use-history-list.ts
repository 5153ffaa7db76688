'use client'

import { isTerminal, type TaskConditions, type TaskError, type TaskPhase, type TaskSummary } from '@brandkit/core'
import { useMemo } from 'react'
import { useTaskHistory } from '../../hooks/use-task-history.js'
import { useTrackedTasks } from '../../provider/use-tracked-tasks.js'
import { isMatch } from '../../queries/is-match.js'
import type { PartState } from '../looks.js'

export interface HistoryList extends PartState {
  /** Newest first. */
  ids: readonly string[]
  /** The tasks that the server has listed, by id. Those that have started since have none yet. */
  listed: ReadonlyMap<string, TaskSummary>
  isLoading: boolean
  error: TaskError | null
  hasMore: boolean
  isLoadingMore: boolean
  /** How many pages there are. It grows also when a page has no task, as in a search. */
  pageCount: number
  loadMore: () => void
  reload: () => void
}

/** The tasks that match, page by page, and before them those of this page that have started since. */
export function useHistoryList({ all: _all, ...filter }: TaskConditions, pageSize: number): HistoryList {
  const query = useTaskHistory({ ...filter, limit: pageSize })
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query
  const listed = useMemo(
    () => new Map((data?.pages ?? []).flatMap(({ tasks }) => tasks.map((task) => [task.taskId, task] as const))),
    [data],
  )
  const oldest = hasNextPage ? [...listed.values()].at(-1)?.createdAt.toISOString() : undefined
  const fresh = useTrackedTasks((tasks) =>
    tasks
      // Older tasks come with later pages.
      .filter((task) => !listed.has(task.taskId) && isMatch(task, filter) && (!oldest || task.createdAt > oldest))
      .map(({ taskId, createdAt }) => ({ taskId, createdAt })),
  )
  const ids = useMemo(() => {
    if (!data) return []
    const all = [...fresh, ...[...listed.values()].map((task) => toPlace(task))]
    return all.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).map(({ taskId }) => taskId)
  }, [data, listed, fresh])

  return {
    ids,
    listed,
    ...stateOf([...listed.values()]),
    isLoading: query.isPending && !error,
    error,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    pageCount: data?.pages.length ?? 0,
    loadMore: () => {
      if (!isFetchingNextPage) void fetchNextPage()
    },
    reload: () => void refetch(),
  }
}

function toPlace({ taskId, createdAt }: TaskSummary) {
  return { taskId, createdAt: createdAt.toISOString() }
}

function stateOf(tasks: readonly TaskSummary[]): PartState {
  const [first] = tasks
  return {
    phase: phaseOfAll(tasks),
    type: first && tasks.every(({ type }) => type === first.type) ? first.type : 'mixed',
  }
}

function phaseOfAll(tasks: readonly TaskSummary[]): TaskPhase {
  if (tasks.some(({ status }) => !isTerminal(status))) return 'running'
  return tasks.some(({ status }) => status === 'failed') ? 'failed' : 'completed'
}
