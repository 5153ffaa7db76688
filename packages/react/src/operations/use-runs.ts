'use client'

import type { GetStatsResponse, TaskError, TaskSummaryJson } from '@brandkit/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { type OperationsFilter, type RunGroup, toListFilter } from './operations-filter.js'
import { useOperations } from './operations-context.js'
import { inStartingOrder, type RunList, withFirstPage, withNextPage } from './run-list.js'

export interface Runs {
  group: RunGroup
  tasks: readonly TaskSummaryJson[]
  /** Whether tasks follow that were not read yet. */
  hasMore: boolean
  isPending: boolean
  isReadingMore: boolean
  error: TaskError | null
  readMore: () => void
}

interface RunsOptions {
  filter: OperationsFilter
  limit: number
  figures: GetStatsResponse | undefined
  /** When the figures were read last: running tasks move without a change of the figures. */
  figuresAt: number
  isShown: boolean
}

/** One group of tasks, page by page. Its first page is read again when the figures say that it has changed. */
export function useRuns(group: RunGroup, { filter, limit, figures, figuresAt, isShown }: RunsOptions): Runs {
  const { wire, queryClient, key, now } = useOperations()
  const queryKey = [...key, 'runs', group, filter, limit]
  const query = useQuery<RunList, TaskError>(
    {
      queryKey,
      queryFn: async ({ signal }) => {
        const page = await wire.list({ ...toListFilter(filter, group, now()), limit }, { signal })
        return withFirstPage(queryClient.getQueryData(queryKey), page)
      },
      placeholderData: keepPreviousData,
      enabled: isShown,
      retry: false,
    },
    queryClient,
  )
  const { data, isPending, error, refetch } = query

  const more = useMutation<void, TaskError>(
    {
      mutationFn: async () => {
        const cursor = queryClient.getQueryData<RunList>(queryKey)?.nextCursor
        if (!cursor) return
        const page = await wire.list({ ...toListFilter(filter, group, now()), limit: PAGE, cursor })
        queryClient.setQueryData<RunList>(queryKey, (known) => withNextPage(known, page))
      },
      retry: false,
    },
    queryClient,
  )

  const change = figures && changeOf(group, figures, figuresAt)
  const seen = useRef(change)
  useEffect(() => {
    if (change !== undefined && seen.current !== undefined && seen.current !== change && isShown) void refetch()
    seen.current = change
  }, [change, isShown, refetch])

  const tasks = useMemo(() => {
    const known = data?.tasks ?? []
    return group === 'active' ? inStartingOrder(known) : known
  }, [data, group])

  return {
    group,
    tasks,
    hasMore: typeof data?.nextCursor === 'string',
    isPending: isShown && isPending,
    isReadingMore: more.isPending,
    error: error ?? more.error,
    readMore: () => !more.isPending && more.mutate(),
  }
}

/** Tasks of a further page. */
const PAGE = 50

/** Another text after each read of the figures that the group may have changed with. */
function changeOf(group: RunGroup, { queued, processing, failed, completed, cancelled }: GetStatsResponse, at: number) {
  if (group === 'failed') return String(failed)
  if (group === 'ended') return `${completed} ${cancelled}`
  return processing > 0 ? `${queued} ${at}` : String(queued)
}
