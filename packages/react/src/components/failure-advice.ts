import type { TaskErrorCode, TaskSummary } from '@brandkit/core'

/** Failures after which the same input would fail again. Their advice is to change it. */
const HOPELESS: ReadonlySet<TaskErrorCode | undefined> = new Set<TaskErrorCode>([
  'generator_refused',
  'invalid_payload',
  'payload_outdated',
  'payload_too_large',
])
/** Failures after which less input may succeed, and the same input as well. */
const TOO_MUCH: ReadonlySet<TaskErrorCode | undefined> = new Set<TaskErrorCode>([
  'task_timed_out',
  'deadline_exceeded',
  'result_unserializable',
])

/** Whether the task failed in a way that a changed input can mend. */
export function needsEdit({ status, errorCode }: Pick<TaskSummary, 'status' | 'errorCode'>): boolean {
  return status === 'failed' && (HOPELESS.has(errorCode) || TOO_MUCH.has(errorCode))
}

/** Whether the same input may succeed when the task is tried again. */
export function mayRetry({ status, errorCode }: Pick<TaskSummary, 'status' | 'errorCode'>): boolean {
  return status === 'cancelled' || (status === 'failed' && !HOPELESS.has(errorCode))
}
