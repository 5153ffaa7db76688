import type { TaskDefinition } from '@brandkit/core'

/** The highest progress of a running task, in percent. Only a completed task shows 100. */
export const MOST_PROGRESS = 99

/**
 * The weight of the finished work, in percent of the weight of all steps.
 *
 * @param doneOf how much of a step is done, 0 to 1
 */
export function shareOf({ steps }: Pick<TaskDefinition, 'steps'>, doneOf: (key: string) => number): number {
  let done = 0
  let all = 0
  for (const [key, { weight = 1 }] of Object.entries(steps)) {
    done += weight * doneOf(key)
    all += weight
  }
  // If all weights are 0, the progress stays 0 until the end.
  return Math.min(Math.round((100 * done) / (all || 1)), MOST_PROGRESS)
}
