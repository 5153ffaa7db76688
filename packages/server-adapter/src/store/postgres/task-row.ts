import type { StepItems, TaskErrorCode, TaskPriority, TaskReference, TaskStatus } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import type { ProviderWait } from '../attempt-writes.js'
import type { StoredTask } from '../task-store.js'
import type { StoredUsage } from '../store-usage.js'
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
  tags: string[] | null
  after: { tasks: TaskReference[]; runAt?: string | undefined } | null
  waits_for: TaskReference[] | null
  awaited: boolean | null
  priority: TaskPriority
  max_retries: number
  trace_id: string
  traceparent: string | null
  batch_id: string | null
  retry_of: string | null
  tier: string | null
  keys_of: string | null
  payload?: unknown
  has_payload?: boolean
  result?: unknown
  has_result?: boolean
  partial_result: unknown
  has_partial_result: boolean
  plan: { key: string; title: string }[]
  step_started: Record<string, number>
  step_completed: Record<string, number>
  step_items: Record<string, StepItems> | null
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
  usage: StoredUsage[] | null
  text_cursor: string | null
  waiting_for: ProviderWait | null
  /** Absent where no cancelled task is read. */
  cancelled_by?: string | null
}

/** The columns that never change while an attempt runs. Only the end of an attempt may change the last five. */
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
  | 'tags'
  | 'after'
  | 'priority'
  | 'max_retries'
  | 'trace_id'
  | 'traceparent'
  | 'batch_id'
  | 'retry_of'
  | 'tier'
  | 'keys_of'
  | 'plan'
  | 'created_at'
  | 'run_at'
  | 'started_at'
  | 'attempt_started_at'
  | 'attempt'
  | 'rings'
>

/** The columns that a worker may change, without values that may be large. */
export type MovingRow = Omit<TaskRow, keyof FixedRow | keyof JsonColumns>

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

/** What `toTextCursor` makes: null for a task without text. */
export const textCursor: RawBuilder<unknown> = sql`t.text_epoch || '.' || t.text_length as text_cursor`

/** The columns of `t` that a worker may change, without values that may be large. */
export const movingColumns: RawBuilder<unknown> = sql`
  t.step_started, t.step_completed, t.step_items, t.status, t.current_step, t.rings, t.attempt, t.epoch, t.version, t.last_error,
  t.error_code, t.waits_for, t.awaited, t.usage, t.waiting_for, ${textCursor}, ${doubleOf(sql`t.progress`)} as progress, ${sql.join(MOMENTS.map((name) => sql`${momentOf(sql.raw(`t.${name}`))} as ${sql.raw(name)}`))}`

/** The columns of `FixedRow`, without those that every change carries and those of `movingColumns`. */
export const fixedColumns: RawBuilder<unknown> = sql`
  t.created_by, t.brand_id, t.type, t.type_version, t.title, t.tags, t.after, t.priority, t.max_retries, t.trace_id, t.traceparent, t.batch_id,
  t.retry_of, t.keys_of, t.tier, t.plan, ${momentOf(sql`t.created_at`)} as created_at`

/** The columns of `t` that are small. */
export const smallColumns: RawBuilder<unknown> = sql`t.id, t.tenant_id, t.user_id, ${fixedColumns}, ${movingColumns}`

/**
 * The columns that reads return for `t`, without the payload. JSON `null` is a value, so `has_…` columns tell whether a
 * value exists.
 */
export const taskColumns: RawBuilder<unknown> = sql`
  ${smallColumns}, t.result, t.result is not null as has_result,
  t.partial_result, t.partial_result is not null as has_partial_result`

/** Only reads of cancelled tasks need it. */
export const cancelledBy: RawBuilder<unknown> = sql`t.cancelled_by`

/** The columns of a list. Postgres keeps large values beside the table, and fetches only those that are named. */
export const listColumns: RawBuilder<unknown> = sql`
  ${smallColumns}, case when t.completed_at is null then t.partial_result end as partial_result,
  t.completed_at is null and t.partial_result is not null as has_partial_result, ${cancelledBy}`

/** As text, for those who parse it more than once. */
export const payloadText: RawBuilder<unknown> = sql`t.payload::text as payload_text`

export const payloadColumns: RawBuilder<unknown> = sql`t.payload, t.payload is not null as has_payload`

/** The columns that `payloadText` stands for. */
export function parsePayload(text: string | null): Pick<TaskRow, 'payload' | 'has_payload'> {
  return text === null ? { has_payload: false } : { has_payload: true, payload: JSON.parse(text) as unknown }
}

/** A row whose JSON values are still text. Each reader parses them for itself, because an app may change what it was given. */
export type UnparsedRow = Omit<TaskRow, keyof JsonColumns> & {
  /** Absent in reads without payloads. */
  payload_text?: string | null
  result_text: string | null
  partial_result_text: string | null
}

type JsonColumns = Pick<
  TaskRow,
  'payload' | 'has_payload' | 'result' | 'has_result' | 'partial_result' | 'has_partial_result'
>

export const unparsedColumns: RawBuilder<unknown> = sql`
  ${smallColumns}, t.result::text as result_text, t.partial_result::text as partial_result_text,
  ${cancelledBy}`

export function toStoredTask(row: TaskRow): StoredTask {
  const task = withoutContent(row, row)
  if (row.has_payload) task.payload = row.payload
  if (row.has_result) task.result = row.result
  if (row.has_partial_result) task.partialResult = row.partial_result
  return task
}

/** As `toStoredTask`. A text of JSON is never null, so null means that there is no value. */
export function parseStoredTask(row: UnparsedRow): StoredTask {
  const task = withoutContent(row, row)
  if (typeof row.payload_text === 'string') task.payload = JSON.parse(row.payload_text)
  if (row.result_text !== null) task.result = JSON.parse(row.result_text)
  if (row.partial_result_text !== null) task.partialResult = JSON.parse(row.partial_result_text)
  return task
}

/**
 * The task without payload, result and partial result. A row that was read whole is both halves. Halves that are known from
 * two places are not joined first: spreading fifty columns costs more than everything here, so fields are set one by one, too.
 */
export function withoutContent(row: FixedRow, moving: MovingRow): StoredTask {
  const createdAt = toIso(row.created_at)
  const attemptStartedAt = row.attempt_started_at === null ? undefined : toEpochMs(row.attempt_started_at)
  const { step_started: startedAt, step_completed: completedAt, step_items: items } = moving
  const task: StoredTask = {
    taskId: row.id,
    tenantId: row.tenant_id,
    userId: row.user_id,
    createdBy: row.created_by,
    brandId: row.brand_id,
    type: row.type,
    typeVersion: row.type_version,
    title: row.title,
    status: moving.status,
    progress: toDouble(moving.progress),
    steps: toSteps({ plan: row.plan, startedAt, completedAt, items }, moving.status, attemptStartedAt),
    priority: row.priority,
    rings: row.rings,
    attempt: row.attempt,
    epoch: moving.epoch,
    version: moving.version,
    maxRetries: row.max_retries,
    traceId: row.trace_id,
    createdAt,
    updatedAt: toIso(moving.updated_at),
    queuedAt: createdAt,
    runAt: toIso(row.run_at),
  }
  if (row.after !== null) task.after = row.after.tasks
  if (moving.awaited) task.awaited = true
  if (moving.waits_for !== null) {
    if (moving.status === 'queued') task.waitsFor = moving.waits_for
    task.runAt = row.after?.runAt ?? createdAt
  }
  if (row.tags !== null) task.tags = row.tags
  if (moving.current_step !== null) task.currentStep = moving.current_step
  if (row.traceparent !== null) task.traceparent = row.traceparent
  if (row.batch_id !== null) task.batchId = row.batch_id
  if (row.retry_of !== null) task.retryOf = row.retry_of
  if (row.keys_of !== null) task.keysOf = row.keys_of
  if (row.started_at !== null) task.startedAt = toIso(row.started_at)
  if (moving.completed_at !== null) task.completedAt = toIso(moving.completed_at)
  if (moving.purged_at !== null) task.purgedAt = toIso(moving.purged_at)
  if (moving.last_error !== null) task.lastError = moving.last_error
  if (moving.error_code !== null) task.errorCode = moving.error_code
  if (row.tier !== null) task.tier = row.tier
  if (moving.usage !== null) task.usage = moving.usage
  if (moving.text_cursor !== null && moving.purged_at === null) task.textCursor = moving.text_cursor
  // An end of a known attempt does not read it.
  if (moving.waiting_for && moving.completed_at === null) task.waitingFor = moving.waiting_for
  if (typeof moving.cancelled_by === 'string') task.cancelledBy = moving.cancelled_by
  return task
}
