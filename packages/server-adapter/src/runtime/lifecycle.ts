import { describeError, type TaskErrorCode, type TaskLogger } from '@brandkit/core'
import type { StoredTask } from '../store/task-store.js'

/** `retrying`: back in the queue after an error. `released`: back in the queue at a shutdown or the end of an invocation. */
export const LIFECYCLE_STAGES = [
  'created',
  'started',
  'retrying',
  'released',
  'completed',
  'failed',
  'cancelled',
] as const
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number]

/** What has just become of a task. Holds no payload and no result, so that it may go to any log or metric. */
export interface TaskLifecycleEvent {
  stage: LifecycleStage
  taskId: string
  tenantId: string
  userId: string
  brandId: string
  /** The task's type. */
  type: string
  /** 0 before the first. */
  attempt: number
  traceId: string
  /** ISO 8601, by the store's clock. */
  at: string
  /** From the first start to the end, in milliseconds. */
  durationMs?: number
  errorCode?: TaskErrorCode
}

/**
 * Hears of the tasks that this process creates, runs and cancels. Best effort: nobody waits for it, what it throws is
 * logged, and what another process or maintenance did is not told here. The store is the truth.
 */
export type TaskLifecycleListener = (event: TaskLifecycleEvent) => void | Promise<void>

/** Tells the listener, and keeps its failures from the task. */
export type Lifecycle = (stage: LifecycleStage, task: StoredTask) => void

interface LifecycleOptions {
  /** Counts every event. */
  telemetry: { record: (event: TaskLifecycleEvent) => void }
  logger: TaskLogger
}

export function createLifecycle(
  listener: TaskLifecycleListener | undefined,
  { telemetry, logger }: LifecycleOptions,
): Lifecycle {
  return (stage, task) => {
    const event = toEvent(stage, task)
    telemetry.record(event)
    if (!listener) return
    // In a turn of its own, so that a listener that throws or takes long is none of the task's business.
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
    attempt,
    traceId,
    at: updatedAt,
    ...(startedAt !== undefined &&
      completedAt !== undefined && { durationMs: Date.parse(completedAt) - Date.parse(startedAt) }),
    ...(errorCode !== undefined && { errorCode }),
  }
}
