'use client'

import type { TaskSummary, TaskFilter } from '@brandkit/core'
import { useTrackedTasks } from '../provider/use-tracked-tasks.js'
import { isMatch } from '../queries/is-match.js'
import { toAppTask } from '../queries/to-app-task.js'

/**
 * The tasks that this page tracks (active, or ended lately), newest first, without their content: `useTask` has it.
 * `cursor` and `limit` of the filter only matter to servers and are ignored here.
 *
 * @param select picks what the component needs; it renders only when the picked value changes
 * @example const running = useTasks({ status: 'processing' }, (tasks) => tasks.length)
 */
export function useTasks(filter?: TaskFilter): TaskSummary[]
export function useTasks<S>(filter: TaskFilter, select: (tasks: TaskSummary[]) => S): S
export function useTasks(filter: TaskFilter = {}, select?: (tasks: TaskSummary[]) => unknown): unknown {
  return useTrackedTasks((all) => {
    const tasks = all.filter((task) => isMatch(task, filter)).map((task) => toAppTask(task))
    return select ? select(tasks) : tasks
  })
}
