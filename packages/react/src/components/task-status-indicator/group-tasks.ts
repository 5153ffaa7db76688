import { isTerminal, type TaskJson } from '@brandkit/core'

export interface TaskGroups {
  active: string[]
  attention: string[]
  finished: string[]
}

export type TaskGroupName = keyof TaskGroups

/** The ids of each group, in the order given. */
export function groupTasks(tasks: readonly TaskJson[]): TaskGroups {
  const groups: TaskGroups = { active: [], attention: [], finished: [] }
  for (const { taskId, status } of tasks) {
    if (!isTerminal(status)) groups.active.push(taskId)
    else if (status === 'failed') groups.attention.push(taskId)
    else groups.finished.push(taskId)
  }
  return groups
}

/**
 * How far all active tasks are together, 0 to 99 %. Tasks that ended while the oldest active one runs count as done,
 * so that an end moves the number forward and not back. `null`: nothing is active.
 */
export function jointProgress(tasks: readonly TaskJson[]): number | null {
  const active = tasks.filter(({ status }) => !isTerminal(status))
  if (active.length === 0) return null
  const oldest = active.reduce(
    (earliest, { createdAt }) => (createdAt < earliest ? createdAt : earliest),
    active[0]?.createdAt ?? '',
  )
  const counted = tasks.filter(({ createdAt }) => createdAt >= oldest)
  const sum = counted.reduce((total, { status, progress }) => total + (isTerminal(status) ? 100 : progress), 0)
  return Math.min(99, Math.floor(sum / counted.length))
}
