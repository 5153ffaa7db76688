import { isTerminal, progressOf, type TaskJson } from '@brandkit/core'

/**
 * How far all active tasks are together, 0 to 100 %. Tasks that ended while the oldest active one runs count as done,
 * so that an end moves the number forward and not back. `null`: nothing is active.
 */
export function meanProgress(tasks: readonly TaskJson[]): number | null {
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
   * Takes the mean as it is now and gives the whole percents to show, at most 99. Never less than before, until `null`
   * says that nothing is active any more. The same mean twice gives the same number.
   */
  advance(mean: number | null): number | null
}

/**
 * Keeps the number from falling when a task joins. What was reached stays reached, and what remains of the bar is
 * shared by what remains of the work: from there on it moves a little slower, and still arrives at the end.
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
