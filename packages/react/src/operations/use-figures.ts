'use client'

import type { GetAuditResponse, GetStatsResponse, TaskError, ThroughputSpan } from '@brandkit/core'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useOperations } from './operations-context.js'

/** The pause between two reads of the figures, in milliseconds: while anything happens, and while nothing does. */
export const PACE_MS = { busy: 5_000, idle: 15_000 } as const
const AUDIT_MS = 30_000

/**
 * The figures, read again and again while the page is visible. Everything else on the page follows them: the lists are read
 * again when a figure says that they have changed.
 */
export function useFigures(span: ThroughputSpan): UseQueryResult<GetStatsResponse, TaskError> {
  const { wire, queryClient, key } = useOperations()
  return useQuery<GetStatsResponse, TaskError>(
    {
      queryKey: [...key, 'figures', span],
      queryFn: ({ signal }) => wire.stats({ throughput: span, signal }),
      refetchInterval: ({ state }) => !isRefused(state.error) && (isBusy(state.data) ? PACE_MS.busy : PACE_MS.idle),
      refetchOnWindowFocus: true,
      placeholderData: keepPreviousData,
      retry: false,
    },
    queryClient,
  )
}

export function useAudit(): UseQueryResult<GetAuditResponse, TaskError> {
  const { wire, queryClient, key } = useOperations()
  return useQuery<GetAuditResponse, TaskError>(
    {
      queryKey: [...key, 'audit'],
      queryFn: ({ signal }) => wire.audit({ limit: 8 }, { signal }),
      refetchInterval: ({ state }) => !isRefused(state.error) && AUDIT_MS,
      retry: false,
    },
    queryClient,
  )
}

/** Asking again would not help. */
function isRefused(error: TaskError | null): boolean {
  return error?.code === 'forbidden' || error?.code === 'unauthenticated'
}

function isBusy(stats: GetStatsResponse | undefined): boolean {
  return stats !== undefined && stats.processing + stats.due > 0
}
