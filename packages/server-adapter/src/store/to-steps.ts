import type { StepItems, TaskStatus, TaskStep, TaskStepStatus } from '@brandkit/core'
import { toIsoTime } from '../iso-time.js'

/** A store's record of the steps: the plan, and when each was last started and finished (milliseconds since the epoch). */
export interface StepRecord {
  plan: readonly { key: string; title: string }[]
  startedAt: Readonly<Record<string, number>>
  completedAt: Readonly<Record<string, number>>
  /** The counts of steps with items. Null when no item was stored. */
  items: Readonly<Record<string, StepItems>> | null
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
    const startedAt = ownOf(record.startedAt, key)
    const completedAt = ownOf(record.completedAt, key)
    const items = record.items === null ? undefined : ownOf(record.items, key)
    const begun = startedAt === undefined ? {} : { startedAt: toIsoTime(startedAt) }
    if (completedAt !== undefined && !isMissingSome(items))
      return withItems({ key, title, status: 'completed', ...begun, completedAt: toIsoTime(completedAt) }, items)

    const current = startedAt !== undefined && attemptStartedAt !== undefined && startedAt >= attemptStartedAt
    return withItems(
      current ? { key, title, status: UNFINISHED[status], ...begun } : { key, title, status: 'pending' },
      items,
    )
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

/** A later attempt may find more items than the attempt that has finished the step. */
function isMissingSome(items: StepItems | undefined): boolean {
  return items?.total !== undefined && items.done < items.total
}

function withItems(step: TaskStep<string>, items: StepItems | undefined): TaskStep<string> {
  if (items) step.items = items
  return step
}

function ownOf<Value>(values: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined
}
