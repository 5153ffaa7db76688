import { isTerminal, type TaskJson } from '@brandkit/core'
import type { FakeMoment, FakeScenario } from './fake-scenario.js'
import type { TaskChange } from './task-change.js'

/** What a fake server keeps of one task. */
export interface FakeTask {
  json: TaskJson
  readonly tenantId: string
  /** Counts up over all tasks: of two that were created in one millisecond, the newer is known by it. */
  readonly order: number
  readonly scenario: FakeScenario | null
  attempt: number
  /** What is still to happen, each at its time in milliseconds since the epoch. */
  coming: (Omit<FakeMoment, 'afterMs'> & { at: number })[]
  /** Its content was deleted; the tombstone stays. */
  isPurged: boolean
}

/** A task as lists, streams and reads of several carry it: the payload never changes, so it is left out. */
export function toListed({ payload: _payload, ...task }: TaskJson): TaskJson {
  return task as TaskJson
}

/** A task as its owner sees it after a change: newer, and never gone back. */
export function toChanged(task: TaskJson, fields: TaskChange, at: number): TaskJson {
  const changed = {
    ...task,
    ...fields,
    version: task.version + 1,
    updatedAt: new Date(at).toISOString(),
  } as TaskJson
  const { startedAt, completedAt } = changed
  if (!isTerminal(changed.status) || !startedAt || !completedAt) return changed
  return { ...changed, actualDuration: Math.max(0, Date.parse(completedAt) - Date.parse(startedAt)) }
}
