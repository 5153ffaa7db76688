import { isTerminal, TASK_STATUSES, type TaskStatus } from './task-status.js'

/** A summary of tasks that were created together. A retried task counts as its retry. */
export interface TaskBatch {
  batchId: string
  total: number
  counts: Record<TaskStatus, number>
  /** 0 to 100: the mean over all tasks, with ended tasks as done. 100 only when all have ended. */
  progress: number
  /**
   * `queued` before the first starts, `processing` until the last has ended. Then `failed` if any failed, else `completed`
   * if any completed, else `cancelled`.
   */
  status: TaskStatus
}

interface Member {
  taskId: string
  status: TaskStatus
  progress: number
  retryOf?: string | undefined
}

/** Sums up the tasks of a batch; `null` for an empty list. */
export function toTaskBatch(batchId: string, members: readonly Member[]): TaskBatch | null {
  const tasks = withoutRetried(members)
  if (tasks.length === 0) return null

  const counts = Object.fromEntries(TASK_STATUSES.map((status) => [status, 0])) as Record<TaskStatus, number>
  for (const { status } of tasks) counts[status] += 1
  const progress = Math.floor(progressOf(tasks))
  return { batchId, total: tasks.length, counts, progress, status: statusOf(counts) }
}

function statusOf({ queued, processing, completed, failed, cancelled }: Record<TaskStatus, number>): TaskStatus {
  const ended = completed + failed + cancelled
  if (queued + processing > 0) return processing + ended > 0 ? 'processing' : 'queued'
  if (failed > 0) return 'failed'
  return completed > 0 ? 'completed' : 'cancelled'
}

/** The tasks that count: a retry replaces the task that it retries. */
export function withoutRetried<T extends { taskId: string; retryOf?: string | undefined }>(tasks: readonly T[]): T[] {
  const retried = new Set(tasks.map(({ retryOf }) => retryOf))
  return tasks.filter(({ taskId }) => !retried.has(taskId))
}

/** 0 to 100: the mean over all tasks, with ended tasks as done. 0 for an empty list. */
export function progressOf(tasks: readonly { status: TaskStatus; progress: number }[]): number {
  const done = tasks.reduce((sum, { status, progress }) => sum + (isTerminal(status) ? 100 : progress), 0)
  return done / (tasks.length || 1)
}
