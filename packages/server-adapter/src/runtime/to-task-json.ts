import type { TaskUsage, TaskJson, TaskSummaryJson } from '@brandkit/core'
import type { StoredTask } from '../store/task-store.js'
import { toTaskUsage } from './to-usage-json.js'

/** Fields of the runtime, which owners of tasks do not see. */
type Hidden =
  | 'tenantId'
  | 'epoch'
  | 'typeVersion'
  | 'attempt'
  | 'rings'
  | 'purgedAt'
  | 'traceparent'
  | 'tier'
  | 'usage'
  | 'keysOf'
  | 'after'
  | 'awaited'
  | 'text'
  | 'textPieces'
  | 'unreadable'
type Content = 'payload' | 'result' | 'partialResult'

type Shown = Omit<StoredTask, Hidden> & {
  retryCount: number
  actualDuration?: number
  usage?: TaskUsage[]
}

/** Converts a stored task for its owner. */
export function toTaskJson(stored: StoredTask): TaskJson {
  // A page that needs the content asks for the task alone, and is told why there is none.
  if (stored.unreadable) return toTaskSummaryJson(stored) as unknown as TaskJson
  const json: Shown = withoutContent(stored)
  if (stored.payload !== undefined) json.payload = stored.payload
  if (stored.result !== undefined) json.result = stored.result
  if (stored.partialResult !== undefined) json.partialResult = stored.partialResult
  // The store ensures that status, result and error fit together, which TypeScript cannot see in separate fields.
  return json as unknown as TaskJson
}

/** The row of a list: the task without the fields that may be large. */
export function toTaskSummaryJson(stored: StoredTask): TaskSummaryJson {
  return { ...withoutContent(stored), isSummary: true } as unknown as TaskSummaryJson
}

/** Names every field: a copy of all but some fields costs a hundred times more, and each reply has up to 100 tasks. */
function withoutContent(stored: StoredTask): Omit<Shown, Content> {
  const json: Omit<Shown, Content> = {
    taskId: stored.taskId,
    userId: stored.userId,
    createdBy: stored.createdBy,
    brandId: stored.brandId,
    type: stored.type,
    title: stored.title,
    status: stored.status,
    progress: stored.progress,
    steps: stored.steps,
    priority: stored.priority,
    version: stored.version,
    maxRetries: stored.maxRetries,
    retryCount: Math.max(0, stored.attempt - 1),
    traceId: stored.traceId,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    queuedAt: stored.queuedAt,
    runAt: stored.runAt,
  }
  const { startedAt, completedAt } = stored
  if (startedAt !== undefined) json.startedAt = startedAt
  if (completedAt !== undefined) json.completedAt = completedAt
  if (startedAt !== undefined && completedAt !== undefined)
    json.actualDuration = Math.max(0, Date.parse(completedAt) - Date.parse(startedAt))
  if (stored.tags !== undefined) json.tags = stored.tags
  if (stored.currentStep !== undefined) json.currentStep = stored.currentStep
  if (stored.batchId !== undefined) json.batchId = stored.batchId
  if (stored.waitsFor !== undefined) json.waitsFor = stored.waitsFor
  if (stored.retryOf !== undefined) json.retryOf = stored.retryOf
  if (stored.lastError !== undefined) json.lastError = stored.lastError
  if (stored.waitingFor !== undefined)
    json.waitingFor = { provider: stored.waitingFor.provider, until: stored.waitingFor.until }
  if (stored.errorCode !== undefined) json.errorCode = stored.errorCode
  if (stored.usage !== undefined) json.usage = stored.usage.map(toTaskUsage)
  if (stored.textCursor !== undefined) json.textCursor = stored.textCursor
  if (stored.cancelledBy !== undefined) json.cancelledBy = stored.cancelledBy
  return json
}
