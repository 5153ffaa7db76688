import { isTerminal, type TaskSummaryJson } from '@brandkit/core'
import type { StoredTask } from '../../store/task-store.js'
import type { Expecting } from '../estimating/expectation.js'
import { toTaskJson, toTaskSummaryJson } from '../to-task-json.js'

/** A task in the form that streams need: the fields that decide who sees it, and its JSON, made once for all streams. */
export interface StreamedTask {
  taskId: string
  tenantId: string
  userId: string
  brandId: string
  batchId: string | undefined
  version: number
  isOver: boolean
  /** Whether only a tombstone is left, with nothing to show. */
  isGone: boolean
  /** The fields for estimates. */
  expecting: Expecting
  json: string
}

/** @param stored a task that was read without its payload */
export function toStreamedTask(stored: Omit<StoredTask, 'payload'>): StreamedTask {
  return toStreamed(stored, toTaskJson(stored))
}

/** @param listed a row of a list: whole while the task is under way, a summary afterwards */
export function toSnapshotTask(listed: StoredTask): StreamedTask {
  return toStreamed(listed, isTerminal(listed.status) ? toTaskSummaryJson(listed) : toTaskJson(listed))
}

function toStreamed(stored: StoredTask, json: TaskSummaryJson): StreamedTask {
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
    json: JSON.stringify(json),
  }
}
