import { isTerminal } from '@brandkit/core'
import type { StoredTask } from '../../store/task-store.js'
import type { Expecting } from '../estimating/expectation.js'
import { toTaskJson } from '../to-task-json.js'

/** A task as streams carry it: what decides who sees it, and its JSON, written once for all of them. */
export interface StreamedTask {
  taskId: string
  tenantId: string
  userId: string
  brandId: string
  batchId: string | undefined
  version: number
  isOver: boolean
  /** Only its tombstone is left: there is nothing to show. */
  isGone: boolean
  /** What guesses are made from. */
  expecting: Expecting
  json: string
}

/** @param stored as read without its payload */
export function toStreamedTask(stored: Omit<StoredTask, 'payload'>): StreamedTask {
  const { taskId, tenantId, userId, brandId, batchId, version, status, purgedAt, type, runAt, startedAt } = stored
  return {
    taskId,
    tenantId,
    userId,
    brandId,
    batchId,
    version,
    isOver: isTerminal(status),
    isGone: purgedAt !== undefined,
    expecting: { taskId, type, status, runAt, ...(startedAt !== undefined && { startedAt }) },
    json: JSON.stringify(toTaskJson(stored)),
  }
}
