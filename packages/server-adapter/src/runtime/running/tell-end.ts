import type { TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { StoredTask } from '../../store/task-store.js'
import type { Lifecycle, LifecycleStage } from '../lifecycle.js'
import { type Publisher, toDelivery } from '../publisher.js'
import type { AbortReason } from './attempt.js'

/** Tells of a stored end of an attempt. If the task is queued again, resolves when its delivery is published. */
export type TellEnd = (task: StoredTask, abortReason: AbortReason | null) => Promise<void>

interface TellEndOptions {
  lifecycle: Lifecycle
  publisher: Publisher
  clock: Clock
  logger: TaskLogger
}

export function createTellEnd({ lifecycle, publisher, clock, logger }: TellEndOptions): TellEnd {
  return async (task, abortReason) => {
    const { taskId, traceId, errorCode } = task
    logger.info(`Updated task status to ${task.status}`, { taskId, traceId, errorCode })
    lifecycle(stageOf(task, abortReason), task)
    if (task.status === 'queued') await publisher.publish([toDelivery(task, clock.now())])
  }
}

const RELEASING: ReadonlySet<AbortReason> = new Set(['shutdown', 'invocation_over', 'waiting_for_provider'])

export function stageOf({ status }: StoredTask, aborted: AbortReason | null): LifecycleStage {
  if (status === 'processing') return 'started'
  if (status !== 'queued') return status
  return aborted !== null && RELEASING.has(aborted) ? 'released' : 'retrying'
}
