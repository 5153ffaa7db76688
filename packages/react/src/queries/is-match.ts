import { isFound, type TaskFilter, type TaskSummaryJson } from '@brandkit/core'

/** Whether a cached task matches a filter; paging is ignored. */
export function isMatch(task: TaskSummaryJson, filter: TaskFilter): boolean {
  const { brandId, userId, type, batchId, status, tags, search, endedAfter, createdAfter, createdBefore } = filter
  if (brandId !== undefined && task.brandId !== brandId) return false
  if (userId !== undefined && task.userId !== userId) return false
  if (type !== undefined && task.type !== type) return false
  if (batchId !== undefined && task.batchId !== batchId) return false
  if (status !== undefined && ![status].flat().includes(task.status)) return false
  if (tags !== undefined && !tags.every((tag) => task.tags?.includes(tag))) return false
  if (search !== undefined && !isFound(task, search)) return false
  if (createdAfter !== undefined && new Date(task.createdAt) <= new Date(createdAfter)) return false
  if (createdBefore !== undefined && new Date(task.createdAt) >= new Date(createdBefore)) return false
  if (endedAfter === undefined) return true
  return task.completedAt !== undefined && new Date(task.completedAt) > new Date(endedAfter)
}
