'use client'

import type { TaskSummary } from '@brandkit/core'
import { useTaskContext } from '../provider/use-task-context.js'

/**
 * The name of the colleague who owns a task, from the provider's `nameOf`. `undefined` for tasks of the signed-in user, and
 * for owners whose name the app does not know.
 */
export function useColleagueName(task: Pick<TaskSummary, 'userId'>): string | undefined {
  const { session, nameOf } = useTaskContext()
  return session.isOwn(task) ? undefined : nameOf?.(task.userId)
}
