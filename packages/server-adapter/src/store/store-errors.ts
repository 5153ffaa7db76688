import { LONGEST_TIME_MS, TaskError, type TaskErrorCode } from '@brandkit/core'
import type { AttemptEnd } from './attempt-writes.js'
import type { Lease } from './task-store.js'

/** Why a task failed, as the row keeps it and its owner sees it. */
export interface Failure {
  errorCode: TaskErrorCode
  lastError: string
}

export const WORKER_LOST: Failure = {
  errorCode: 'worker_lost',
  lastError: 'The work was interrupted.',
}
export const TASK_EXPIRED: Failure = { errorCode: 'task_expired', lastError: 'The task waited too long to be started.' }

export const DEADLINE_EXCEEDED: Failure = {
  errorCode: 'deadline_exceeded',
  lastError: 'The task was not done within its time, and was stopped.',
}

/** Why a create was refused: too many tasks of its owner, or of all owners together. */
export function overLimit(limit: 'active' | 'queued'): TaskError {
  if (limit === 'active') {
    return new TaskError(
      'too_many_active_tasks',
      'You have too many tasks under way. Wait for one to end, or cancel one, and try again.',
      { retryAfterMs: 10_000 },
    )
  }
  return new TaskError('queue_full', 'Too many tasks are waiting already. Try again in a while.', {
    retryAfterMs: 30_000,
  })
}

export function ownershipLost({ taskId, epoch }: Pick<Lease, 'taskId' | 'epoch'>): TaskError {
  return new TaskError(
    'ownership_lost',
    `Attempt ${epoch} of task ${taskId} is no longer the current one; it can write nothing.`,
  )
}

export function idempotencyKeyReused(): TaskError {
  return new TaskError(
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request. Use a new key for a new request.',
  )
}

export function duplicateTask(cause?: unknown): TaskError {
  return new TaskError('invalid_request', 'A task with this id exists already. Ids must be new.', { cause })
}

/** @throws TaskError `invalid_request` for a delay that some store cannot add to its clock */
export function assertDelay(end: AttemptEnd): void {
  const delayMs = delayOf(end)
  if (delayMs === undefined || (delayMs >= 0 && delayMs <= LONGEST_TIME_MS)) return
  throw invalidTime()
}

function delayOf(end: AttemptEnd): number | undefined {
  if (end.status === 'retry') return end.delayMs
  return end.status === 'release' ? end.wait?.delayMs : undefined
}

export function invalidTime(cause?: unknown): TaskError {
  return new TaskError(
    'invalid_request',
    'The time to run at is no date that can be stored. Use ISO 8601, such as 2026-11-23T12:00:00Z, or a shorter delay.',
    { cause },
  )
}
