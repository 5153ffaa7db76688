import { isTerminal, phaseOf, progressOf, type TaskSummaryJson } from '@brandkit/core'

/**
 * The joint progress of what runs and waits, 0 to 100 %. Tasks that completed while the oldest active one was under way count
 * as done, so that the end of a task moves the number forward. Failed and cancelled tasks have no work left and none to show,
 * and tasks with a later start are not under way yet: they count for nothing. `null` means that no task is under way.
 *
 * @param now milliseconds since the epoch
 */
export function meanProgress(tasks: readonly TaskSummaryJson[], now: number): number | null {
  const active = tasks.filter((task) => !isTerminal(task.status) && phaseOf(task, now) !== 'scheduled')
  const [first, ...others] = active.map(({ createdAt }) => createdAt)
  if (first === undefined) return null
  const oldest = others.reduce((earlier, createdAt) => (createdAt < earlier ? createdAt : earlier), first)
  const done = tasks.filter(({ status, createdAt }) => status === 'completed' && createdAt >= oldest)
  return progressOf([...active, ...done])
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
