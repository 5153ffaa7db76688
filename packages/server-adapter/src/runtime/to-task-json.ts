import type { TaskJson, TaskSummaryJson } from '@brandkit/core'
import type { StoredTask } from '../store/task-store.js'

/** Converts a stored task for its owner: leaves out the tenant, the epoch and other fields of the runtime. */
export function toTaskJson(stored: StoredTask): TaskJson {
  const {
    tenantId: _tenant,
    epoch: _epoch,
    typeVersion: _typeVersion,
    attempt,
    rings: _rings,
    purgedAt: _purged,
    traceparent: _parent,
    ...task
  } = stored
  const duration =
    stored.startedAt && stored.completedAt && Date.parse(stored.completedAt) - Date.parse(stored.startedAt)
  const json: Omit<
    StoredTask,
    'tenantId' | 'epoch' | 'typeVersion' | 'attempt' | 'rings' | 'purgedAt' | 'traceparent'
  > & {
    retryCount: number
    actualDuration?: number
  } = {
    ...task,
    retryCount: Math.max(0, attempt - 1),
    ...(typeof duration === 'number' && { actualDuration: Math.max(0, duration) }),
  }
  // The store ensures that status, result and error fit together, which TypeScript cannot see in separate fields.
  return json as unknown as TaskJson
}

/** The row of a list: the task without the fields that may be large. */
export function toTaskSummaryJson(stored: StoredTask): TaskSummaryJson {
  const { payload: _payload, result: _result, partialResult: _partial, ...summary } = toTaskJson(stored)
  return { ...summary, isSummary: true }
}
