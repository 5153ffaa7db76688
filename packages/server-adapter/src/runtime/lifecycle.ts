import { describeError, type TaskErrorCode, type TaskLogger } from '@brandkit/core'
import type { StoredTask } from '../store/task-store.js'

/** `retrying`: back in the queue after an error. `released`: back in the queue at a shutdown, at the end of an invocation, or to wait for a provider. */
const LIFECYCLE_STAGES = ['created', 'started', 'retrying', 'released', 'completed', 'failed', 'cancelled'] as const
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number]

/** A change of a task that has just happened. Holds neither payload nor result, so any log or metric may keep it. */
export interface TaskLifecycleEvent {
  stage: LifecycleStage
  taskId: string
  tenantId: string
  userId: string
  brandId: string
  /** The task's type. */
  type: string
  /** The number of the attempt; 0 before the first. */
  attempt: number
  traceId: string
  /** ISO 8601, by the store's clock. */
  at: string
  /** The time from the first start to the end, in milliseconds. */
  durationMs?: number
  errorCode?: TaskErrorCode
}

/**
 * Called for tasks that this process creates, runs and cancels. Best effort: the runtime does not wait for the listener and
 * logs its errors. Changes by other processes or by maintenance are not reported. The store is the truth.
 */
export type TaskLifecycleListener = (event: TaskLifecycleEvent) => void | Promise<void>

/** Calls the listener. Its failures are logged and do not affect the task. */
export type Lifecycle = (stage: LifecycleStage, task: StoredTask) => void

interface LifecycleOptions {
  /** Counts every event, if it counts at all. */
  telemetry: { counts: () => boolean; record: (event: TaskLifecycleEvent) => void }
  logger: TaskLogger
}

export function createLifecycle(
  listener: TaskLifecycleListener | undefined,
  { telemetry, logger }: LifecycleOptions,
): Lifecycle {
  return (stage, task) => {
    if (!listener && !telemetry.counts()) return
    const event = toEvent(stage, task)
    telemetry.record(event)
    if (!listener) return
    // In a later turn, so that the listener can neither fail nor delay the task.
    Promise.resolve()
      .then(() => listener(event))
      .catch((error: unknown) => {
        logger.warn('The listener for task events failed', { taskId: task.taskId, stage, reason: describeError(error) })
      })
  }
}

function toEvent(stage: LifecycleStage, task: StoredTask): TaskLifecycleEvent {
  const { taskId, tenantId, userId, brandId, type, attempt, traceId, updatedAt, startedAt, completedAt, errorCode } =
    task
  return {
    stage,
    taskId,
    tenantId,
    userId,
    brandId,
    type,
    // A task that is claimed in its insert is told as created first.
    attempt: stage === 'created' ? 0 : attempt,
    traceId,
    at: updatedAt,
    ...(startedAt !== undefined &&
      completedAt !== undefined && { durationMs: Date.parse(completedAt) - Date.parse(startedAt) }),
    ...(errorCode !== undefined && { errorCode }),
  }
}
