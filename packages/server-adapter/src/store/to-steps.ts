import type { TaskStatus, TaskStep, TaskStepStatus } from '@brandkit/core'
import { toIsoTime } from '../iso-time.js'

/** A store's record of the steps: the plan, and when each was last started and finished (milliseconds since the epoch). */
export interface StepRecord {
  plan: readonly { key: string; title: string }[]
  startedAt: Readonly<Record<string, number>>
  completedAt: Readonly<Record<string, number>>
}

/**
 * The steps as people see them. They are derived instead of stored, so that no move of the task leaves a running step
 * behind: a step runs only if it was started in the current attempt.
 */
export function toSteps(
  record: StepRecord,
  status: TaskStatus,
  attemptStartedAt: number | undefined,
): TaskStep<string>[] {
  return record.plan.map(({ key, title }) => {
    const startedAt = timeOf(record.startedAt, key)
    const completedAt = timeOf(record.completedAt, key)
    const begun = startedAt === undefined ? {} : { startedAt: toIsoTime(startedAt) }
    if (completedAt !== undefined)
      return { key, title, status: 'completed', ...begun, completedAt: toIsoTime(completedAt) }

    const current = startedAt !== undefined && attemptStartedAt !== undefined && startedAt >= attemptStartedAt
    return current ? { key, title, status: UNFINISHED[status], ...begun } : { key, title, status: 'pending' }
  })
}

/** The status of a step that has started and is not finished, by the status of the task. */
const UNFINISHED: Record<TaskStatus, TaskStepStatus> = {
  queued: 'pending',
  processing: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'pending',
}

function timeOf(times: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(times, key) ? times[key] : undefined
}
