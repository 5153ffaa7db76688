import { type ListTasksResponse, TASK_PRIORITIES, type TaskSummaryJson } from '@brandkit/core'

/** Pages that were read one after the other, as one list: newest first, without a gap. */
export type RunList = ListTasksResponse

/**
 * Puts a new first page on top of what is known. Older tasks stay. If the page has nothing in common with them, tasks between
 * the two may be missing, so the list begins anew.
 */
export function withFirstPage(known: RunList | undefined, page: RunList): RunList {
  const last = page.tasks.at(-1)
  if (!known || !last || page.nextCursor === null) return page
  const fresh = new Set(page.tasks.map(({ taskId }) => taskId))
  if (!known.tasks.some(({ taskId }) => fresh.has(taskId))) return page
  const older = known.tasks.filter((task) => !fresh.has(task.taskId) && isOlder(task, last))
  if (older.length === 0) return page
  return { tasks: [...page.tasks, ...older], nextCursor: known.nextCursor }
}

/** Adds the page that `nextCursor` led to. */
export function withNextPage(known: RunList | undefined, page: RunList): RunList {
  if (!known) return page
  const seen = new Set(known.tasks.map(({ taskId }) => taskId))
  return {
    tasks: [...known.tasks, ...page.tasks.filter(({ taskId }) => !seen.has(taskId))],
    nextCursor: page.nextCursor,
  }
}

function isOlder(task: TaskSummaryJson, last: TaskSummaryJson): boolean {
  if (task.createdAt !== last.createdAt) return task.createdAt < last.createdAt
  return task.taskId < last.taskId
}

/** Running tasks first, then waiting ones by priority and then by time of creation, at last those that wait for others. */
export function inStartingOrder(tasks: readonly TaskSummaryJson[]): TaskSummaryJson[] {
  return tasks.toSorted(
    (one, other) =>
      Number(other.status === 'processing') - Number(one.status === 'processing') ||
      Number(one.waitsFor !== undefined) - Number(other.waitsFor !== undefined) ||
      TASK_PRIORITIES.indexOf(other.priority) - TASK_PRIORITIES.indexOf(one.priority) ||
      Date.parse(one.queuedAt) - Date.parse(other.queuedAt) ||
      // Tasks of a batch have the same time; their ids ascend (UUID version 7).
      (one.taskId < other.taskId ? -1 : 1),
  )
}
