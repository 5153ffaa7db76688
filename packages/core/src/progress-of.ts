import { isTerminal, type TaskStatus } from './task-status.js'

/** 0 to 100: the mean over all tasks, where one that has ended counts as done. 0 when there are none. */
export function progressOf(tasks: readonly { status: TaskStatus; progress: number }[]): number {
  const done = tasks.reduce((sum, { status, progress }) => sum + (isTerminal(status) ? 100 : progress), 0)
  return done / (tasks.length || 1)
}
