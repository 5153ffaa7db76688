'use client'

import type { Listeners } from '@brandkit/client/page'
import type { TaskFilter, TaskSummaryJson } from '@brandkit/core'
import { useTrackedTasks } from '../../provider/use-tracked-tasks.js'
import { isMatch } from '../../queries/is-match.js'

/** Selects a value from the tasks that the indicator shows, newest first. Renders only when the value changes. */
export function useShownTasks<S>(
  filter: TaskFilter,
  select: (tasks: readonly TaskSummaryJson[]) => S,
  clock?: Listeners['subscribe'],
): S {
  return useTrackedTasks(
    (tasks, isRevealed) => select(tasks.filter((task) => isRevealed(task.taskId) && isMatch(task, filter))),
    clock,
  )
}
