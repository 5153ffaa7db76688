import { isTerminal, progressOf, type TaskSummaryJson } from '@brandkit/core'

/**
 * The joint progress of all active tasks, 0 to 100 %. Tasks that ended while the oldest active one runs count as done,
 * so that the end of a task moves the number forward. `null` means that no task is active.
 */
export function meanProgress(tasks: readonly TaskSummaryJson[]): number | null {
  let oldest: string | undefined
  for (const { status, createdAt } of tasks) {
    if (isTerminal(status)) continue
    if (oldest === undefined || createdAt < oldest) oldest = createdAt
  }
  if (oldest === undefined) return null
  const since = oldest
  return progressOf(tasks.filter(({ createdAt }) => createdAt >= since))
}

export interface JointProgress {
  /**
   * Takes the current mean and returns the whole percents to show, at most 99. The number never falls until `null` says
   * that no task is active any more. The same mean twice gives the same number.
   */
  advance(mean: number | null): number | null
}

/**
 * Keeps the number from falling when a task joins. The reached percents stay, and the rest of the bar is shared by the
 * rest of the work. From then on the bar moves a little slower and still reaches the end.
 */
export function createJointProgress(): JointProgress {
  let shown = 0
  let last = 0
  return {
    advance: (mean) => {
      if (mean === null) {
        shown = 0
        last = 0
        return null
      }
      if (mean > last && last < 100) shown += ((100 - shown) * (mean - last)) / (100 - last)
      last = mean
      return Math.min(99, Math.floor(shown + 1e-9))
    },
  }
}
