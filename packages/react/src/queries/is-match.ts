import type { TaskFilter, TaskSummaryJson } from '@brandkit/core'

/** Whether a cached task matches a filter; paging is ignored. */
export function isMatch(task: TaskSummaryJson, { brandId, type, batchId, status, endedAfter }: TaskFilter): boolean {
  if (brandId !== undefined && task.brandId !== brandId) return false
  if (type !== undefined && task.type !== type) return false
  if (batchId !== undefined && task.batchId !== batchId) return false
  if (status !== undefined && ![status].flat().includes(task.status)) return false
  if (endedAfter === undefined) return true
  return task.completedAt !== undefined && new Date(task.completedAt) > new Date(endedAfter)
}
