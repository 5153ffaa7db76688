import type { BackgroundTask, GetStatsResponse, TaskError } from '@brandkit/core'
import { isTaskError } from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { operatorService } from '../network/task-service.ts'
import { inStartingOrder } from './in-starting-order.ts'
import { readStats } from './read-stats.ts'

interface Operations {
  stats: GetStatsResponse | undefined
  /** In the order in which they start. */
  active: BackgroundTask[]
  /** Latest first. */
  failed: BackgroundTask[]
  error: TaskError | null
}

export const OPERATIONS = ['studio', 'operations'] as const
const POLL_MS = 2_000

/** What the desk shows, asked for every two seconds. An answer that refuses is final. */
export function useOperations(): Operations {
  const { data, error } = useQuery<Omit<Operations, 'error'>, TaskError>({
    queryKey: OPERATIONS,
    async queryFn({ signal }) {
      const [stats, active, failed] = await Promise.all([
        readStats(signal),
        operatorService.listTasks({ status: ['queued', 'processing'], limit: 50 }, { signal }),
        operatorService.listTasks({ status: 'failed', limit: 20 }, { signal }),
      ])
      return { stats, active: inStartingOrder(active.tasks), failed: failed.tasks }
    },
    refetchInterval: ({ state }) => (isForbidden(state.error) ? false : POLL_MS),
    networkMode: 'always',
    retry: false,
  })
  return { stats: data?.stats, active: data?.active ?? [], failed: data?.failed ?? [], error }
}

function isForbidden(error: unknown): boolean {
  return isTaskError(error) && error.code === 'forbidden'
}
