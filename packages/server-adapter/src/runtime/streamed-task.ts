import { isTerminal } from '@brandkit/core'
import type { StoredTask } from '../store/task-store.js'
import { toTaskJson } from './to-task-json.js'

/** A task as streams carry it: what decides who sees it, and its JSON without the payload, written once for all of them. */
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
  json: string
}

export function toStreamedTask(stored: StoredTask): StreamedTask {
  const { taskId, tenantId, userId, brandId, batchId, version, status, purgedAt } = stored
  const { payload: _, ...task } = toTaskJson(stored)
  return {
    taskId,
    tenantId,
    userId,
    brandId,
    batchId,
    version,
    isOver: isTerminal(status),
    isGone: purgedAt !== undefined,
    json: JSON.stringify(task),
  }
}
