import type { TaskErrorCode, TaskPriority, TaskStatus } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import type { StoredTask } from '../task-store.js'
import { toSteps } from '../to-steps.js'
import { doubleOf, momentOf, toDouble, toEpochMs, toIso } from './read-number.js'

/** A row as every driver returns it, under any session settings; see read-number.ts. */
export interface TaskRow {
  id: string
  tenant_id: string
  user_id: string
  created_by: string
  brand_id: string
  type: string
  type_version: number
  title: string
  priority: TaskPriority
  max_retries: number
  trace_id: string
  traceparent: string | null
  batch_id: string | null
  retry_of: string | null
  payload?: unknown
  has_payload?: boolean
  result?: unknown
  has_result?: boolean
  partial_result: unknown
  has_partial_result: boolean
  plan: { key: string; title: string }[]
  step_started: Record<string, number>
  step_completed: Record<string, number>
  status: TaskStatus
  /** See `toDouble`. */
  progress: string
  current_step: string | null
  rings: number
  attempt: number
  epoch: number
  version: number
  created_at: Moment
  updated_at: Moment
  run_at: Moment
  started_at: Moment | null
  attempt_started_at: Moment | null
  completed_at: Moment | null
  purged_at: Moment | null
  last_error: string | null
  error_code: TaskErrorCode | null
}

/** The columns that never change while an attempt runs. */
export type FixedRow = Pick<
  TaskRow,
  | 'id'
  | 'tenant_id'
  | 'user_id'
  | 'created_by'
  | 'brand_id'
  | 'type'
  | 'type_version'
  | 'title'
  | 'priority'
  | 'max_retries'
  | 'trace_id'
  | 'traceparent'
  | 'batch_id'
  | 'retry_of'
  | 'plan'
  | 'created_at'
>

/** See `toIso`. */
type Moment = string

const MOMENTS = [
  'updated_at',
  'run_at',
  'started_at',
  'attempt_started_at',
  'completed_at',
  'purged_at',
] as const satisfies (keyof TaskRow)[]

/** The columns of `t` that a worker may change, without values that may be large. */
export const movingColumns: RawBuilder<unknown> = sql`
  t.step_started, t.step_completed, t.status, t.current_step, t.rings, t.attempt, t.epoch, t.version, t.last_error,
  t.error_code, ${doubleOf(sql`t.progress`)} as progress, ${sql.join(MOMENTS.map((name) => sql`${momentOf(sql.raw(`t.${name}`))} as ${sql.raw(name)}`))}`

/** The columns of `FixedRow`, without those that every change carries. */
export const fixedColumns: RawBuilder<unknown> = sql`
  t.created_by, t.brand_id, t.type, t.type_version, t.title, t.priority, t.max_retries, t.trace_id, t.traceparent, t.batch_id,
  t.retry_of, t.plan, ${momentOf(sql`t.created_at`)} as created_at`

/** The columns of `t` that are small. */
const smallColumns: RawBuilder<unknown> = sql`t.id, t.tenant_id, t.user_id, ${fixedColumns}, ${movingColumns}`

/**
 * The columns that reads return for `t`, without the payload. JSON `null` is a value, so `has_…` columns tell whether a
 * value exists.
 */
export const taskColumns: RawBuilder<unknown> = sql`
  ${smallColumns}, t.result, t.result is not null as has_result,
  t.partial_result, t.partial_result is not null as has_partial_result`

/** The columns of a list. Postgres keeps large values beside the table, and fetches only those that are named. */
export const listColumns: RawBuilder<unknown> = sql`
  ${smallColumns}, case when t.completed_at is null then t.partial_result end as partial_result,
  t.completed_at is null and t.partial_result is not null as has_partial_result`

/** As text, for those who parse it more than once. */
export const payloadText: RawBuilder<unknown> = sql`t.payload::text as payload_text`

export const payloadColumns: RawBuilder<unknown> = sql`t.payload, t.payload is not null as has_payload`

/** The columns that `payloadText` stands for. */
export function parsePayload(text: string | null): Pick<TaskRow, 'payload' | 'has_payload'> {
  return text === null ? { has_payload: false } : { has_payload: true, payload: JSON.parse(text) as unknown }
}

export function toStoredTask(row: TaskRow): StoredTask {
  const createdAt = toIso(row.created_at)
  const attemptStartedAt = row.attempt_started_at === null ? undefined : toEpochMs(row.attempt_started_at)
  return {
    taskId: row.id,
    tenantId: row.tenant_id,
    userId: row.user_id,
    createdBy: row.created_by,
    brandId: row.brand_id,
    type: row.type,
    typeVersion: row.type_version,
    title: row.title,
    status: row.status,
    progress: toDouble(row.progress),
    steps: toSteps(
      { plan: row.plan, startedAt: row.step_started, completedAt: row.step_completed },
      row.status,
      attemptStartedAt,
    ),
    priority: row.priority,
    rings: row.rings,
    attempt: row.attempt,
    epoch: row.epoch,
    version: row.version,
    maxRetries: row.max_retries,
    traceId: row.trace_id,
    createdAt,
    updatedAt: toIso(row.updated_at),
    queuedAt: createdAt,
    runAt: toIso(row.run_at),
    ...(row.has_payload && { payload: row.payload }),
    ...(row.has_result && { result: row.result }),
    ...(row.has_partial_result && { partialResult: row.partial_result }),
    ...(row.current_step !== null && { currentStep: row.current_step }),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
    ...(row.batch_id !== null && { batchId: row.batch_id }),
    ...(row.retry_of !== null && { retryOf: row.retry_of }),
    ...(row.started_at !== null && { startedAt: toIso(row.started_at) }),
    ...(row.completed_at !== null && { completedAt: toIso(row.completed_at) }),
    ...(row.purged_at !== null && { purgedAt: toIso(row.purged_at) }),
    ...(row.last_error !== null && { lastError: row.last_error }),
    ...(row.error_code !== null && { errorCode: row.error_code }),
  }
}
