import type { TaskFilter, TaskJson } from '@brandkit/core'

/** Whether a cached task is among what a filter asks for; paging aside. */
export function isMatch(task: TaskJson, filter: TaskFilter): boolean {
  const { status, endedAfter } = filter
  if (SAME.some((field) => filter[field] !== undefined && filter[field] !== task[field])) return false
  if (status !== undefined && ![status].flat().includes(task.status)) return false
  if (endedAfter === undefined) return true
  return task.completedAt !== undefined && new Date(task.completedAt) > new Date(endedAfter)
}

/** Fields of which a filter names the one value. */
const SAME = ['brandId', 'type', 'batchId'] as const
