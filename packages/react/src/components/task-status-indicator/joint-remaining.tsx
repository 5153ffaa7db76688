'use client'

import { isTerminal, phaseOf, type TaskFilter, type TaskHints, type TaskSummaryJson } from '@brandkit/core'
import type { ReactNode } from 'react'
import { onSecond } from '../../provider/use-now.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useShownTasks } from './use-shown-tasks.js'

/** How long it will take until all tasks that are under way have ended. Says nothing unless that is known of each. */
export function JointRemaining({ filter }: { filter: TaskFilter }): ReactNode {
  const translate = useTranslate()
  const { session, now } = useTaskContext()
  // Hints arrive without a change of a task, so this looks every second.
  const time = useShownTasks(
    filter,
    (tasks) => {
      const remaining = jointRemaining(tasks, session.cache.hints(), now())
      return remaining === null ? null : translate.estimate(remaining)
    },
    onSecond,
  )
  return time && <p className="brandkit-panel-remaining">{translate('panel.remaining', { time })}</p>
}

/**
 * Milliseconds until the last of several tasks will probably end. `null` for fewer than two, whose rows say it, and while one of
 * them has no estimate or has outlived it. Tasks with a later start are not under way.
 */
export function jointRemaining(
  tasks: readonly TaskSummaryJson[],
  hints: Readonly<Record<string, TaskHints>>,
  now: number,
): number | null {
  const active = tasks.filter((task) => !isTerminal(task.status) && phaseOf(task, now) !== 'scheduled')
  if (active.length < 2) return null
  const ends = active.map(({ taskId }) => Date.parse(hints[taskId]?.estimatedCompletion ?? ''))
  return ends.every((end) => end > now) ? Math.max(...ends) - now : null
}
