import {
  type AuditEntry,
  type TaskSummary,
  type GetStatsResponse,
  isTaskError,
  TASK_PRIORITIES,
  type TaskError,
} from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { operatorService } from '../network/task-service.ts'

interface Operations {
  stats: GetStatsResponse | undefined
  /** In the order in which they start. */
  active: TaskSummary[]
  /** Latest first. */
  failed: TaskSummary[]
  /** The latest acts, newest first. */
  acts: AuditEntry[]
  error: TaskError | null
}

export const OPERATIONS = ['studio', 'operations'] as const
const POLL_MS = 2_000

/** The data of the desk, requested every two seconds. A refusal ends the polling. */
export function useOperations(): Operations {
  const { data, error } = useQuery<Omit<Operations, 'error'>, TaskError>({
    queryKey: OPERATIONS,
    async queryFn({ signal }) {
      const [stats, active, failed, audit] = await Promise.all([
        operatorService.getStats({ signal }),
        operatorService.listTasks({ status: ['queued', 'processing'], limit: 50 }, { signal }),
        operatorService.listTasks({ status: 'failed', limit: 20 }, { signal }),
        operatorService.getAudit({ limit: 10 }, { signal }),
      ])
      return { stats, active: inStartingOrder(active.tasks), failed: failed.tasks, acts: audit.entries }
    },
    refetchInterval: ({ state }) => (isForbidden(state.error) ? false : POLL_MS),
    networkMode: 'always',
    retry: false,
  })
  return { stats: data?.stats, active: data?.active ?? [], failed: data?.failed ?? [], acts: data?.acts ?? [], error }
}

function isForbidden(error: unknown): boolean {
  return isTaskError(error) && error.code === 'forbidden'
}

/** Running tasks first, then waiting ones by priority and then by time of creation, at last those that wait for others. */
export function inStartingOrder(tasks: readonly TaskSummary[]): TaskSummary[] {
  return tasks.toSorted(
    (one, other) =>
      Number(other.status === 'processing') - Number(one.status === 'processing') ||
      Number(one.waitsFor !== undefined) - Number(other.waitsFor !== undefined) ||
      TASK_PRIORITIES.indexOf(other.priority) - TASK_PRIORITIES.indexOf(one.priority) ||
      one.queuedAt.getTime() - other.queuedAt.getTime() ||
      // Tasks of a batch have the same time; their ids ascend (UUID version 7).
      (one.taskId < other.taskId ? -1 : 1),
  )
}
