import { isTerminal } from '@brandkit/core'
import type { StoredTask } from '../store/task-store.js'
import { toTaskJson } from './to-task-json.js'

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
  json: string
}

/** @param stored as read without its payload */
export function toStreamedTask(stored: Omit<StoredTask, 'payload'>): StreamedTask {
  const { taskId, tenantId, userId, brandId, batchId, version, status, purgedAt } = stored
  return {
    taskId,
    tenantId,
    userId,
    brandId,
    batchId,
    version,
    isOver: isTerminal(status),
    isGone: purgedAt !== undefined,
    json: JSON.stringify(toTaskJson(stored)),
  }
}
