import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { FIRST_ALARM_MS } from '../alarm.js'
import { encodeJson } from '../encode-json.js'
import { leaseEndSql } from '../lease.js'
import { toShownText, toStorableText } from '../storable-text.js'
import { duplicateTask, idempotencyKeyReused, invalidTime } from '../store-errors.js'
import type { CreateLimits } from '../store-limits.js'
import type { CreateTasksInput, NewStoredTask, StoredTask } from '../task-store.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { momentOf, toInteger, ZERO } from './read-number.js'
import { frequent, rowsOf, type Execute } from './statement.js'
import type { RunningRows } from './running-rows.js'
import { parsePayload, payloadColumns, taskColumns, toStoredTask, type TaskRow } from './task-row.js'
import { sqlStateOf } from './to-store-error.js'

/** One call of `create`, ready to be sent together with others: inserts all of its rows or none. */
export interface CreateEntry {
  rows: readonly ReturnType<typeof toRow>[]
  key: {
    tenant_id: string
    user_id: string
    key: string
    request_hash: string
    first_task_id: string
    task_ids: string[]
  } | null
  payloads: ReadonlyMap<string, string>
  limits: CreateLimits | undefined
  bytes: number
}

export type CreateOutcome = { tasks: StoredTask[]; replayed: boolean }

export function toCreateEntry({ tasks, idempotency, limits, claim }: CreateTasksInput): CreateEntry {
  const [first] = tasks
  const payloads = new Map(tasks.map((task) => [task.taskId, encodeJson(task.payload, 'invalid_payload')]))
  const keyed = idempotency !== undefined && first !== undefined
  const entry = { first_task_id: first?.taskId ?? '', keyed, limits, lease_ms: claim?.leaseMs ?? null }
  const rows = tasks.map((task) => toRow(task, payloads.get(task.taskId) ?? 'null', entry))
  const key = keyed
    ? {
        tenant_id: toStorableText(first.tenantId),
        user_id: toStorableText(first.userId),
        key: toStorableText(idempotency.key),
        request_hash: idempotency.requestHash,
        first_task_id: first.taskId,
        task_ids: tasks.map(({ taskId }) => taskId),
      }
    : null
  return { rows, key, payloads, limits, bytes: rows.reduce((sum, row) => sum + row.payload.length + 1_000, 0) }
}

function toRow(
  task: NewStoredTask,
  payload: string,
  entry: { first_task_id: string; keyed: boolean; limits: CreateLimits | undefined; lease_ms: number | null },
) {
  return {
    id: task.taskId,
    tenant_id: toStorableText(task.tenantId),
    user_id: toStorableText(task.userId),
    created_by: toStorableText(task.createdBy),
    brand_id: toStorableText(task.brandId),
    type: task.type,
    type_version: task.typeVersion ?? 1,
    title: toShownText(task.title),
    priority: task.priority,
    max_retries: task.maxRetries,
    trace_id: task.traceId,
    traceparent: task.traceparent ?? null,
    batch_id: task.batchId ?? null,
    retry_of: task.retryOf ?? null,
    timeout_ms: task.timeoutMs,
    time_to_live_ms: task.timeToLiveMs,
    // JSON within JSON: the database decodes only the outer text, and decoding the inner one would fail on NUL.
    payload,
    plan: task.steps.map((step) => ({ key: toShownText(step.key), title: toShownText(step.title) })),
    run_at: task.runAt ?? null,
    deadline_ms: task.deadlineMs ?? null,
    entry: entry.first_task_id,
    keyed: entry.keyed,
    active_limit: entry.limits?.activePerUser ?? null,
    queued_limit: entry.limits?.queued ?? null,
    lease_ms: entry.lease_ms,
  }
}

type CreatedRow = ChangedRow & Pick<TaskRow, 'created_at' | 'run_at'>

/** Inserts all entries in one statement; `null` for entries whose idempotency key was taken, or that pass a limit. */
export async function createTasks(
  execute: Execute,
  entries: readonly CreateEntry[],
  { own, running }: { own: ChangingProcess; running: RunningRows },
): Promise<(CreateOutcome | null)[]> {
  // Limits count rows, and by which index depends on their number.
  const limited = entries.some(({ limits }) => limits !== undefined)
  const created = await execute(sql<CreatedRow>`${limited ? sql`` : frequent}
    with input as materialized (
      select * from json_to_recordset(${rowsOf(entries.flatMap(({ rows }) => rows))}) as x (
        id text, tenant_id text, user_id text, created_by text, brand_id text, type text, type_version integer, title text, priority text,
        max_retries integer, trace_id text, traceparent text, batch_id text, retry_of text, timeout_ms double precision,
        time_to_live_ms double precision, payload text, plan json, run_at timestamptz, deadline_ms double precision,
        entry text, keyed boolean, active_limit double precision, queued_limit double precision, lease_ms double precision)
    ),
    ${limited ? admittedByLimits() : sql``}
    -- Keys are inserted first and in one order everywhere, so that two processes cannot deadlock. If several entries share a
    -- key, in this statement or in another, one is inserted. The others read its tasks in a later statement, since this
    -- statement cannot see rows that were committed after it began.
    keyed as (
      insert into brandkit.idempotency (tenant_id, user_id, key, request_hash, first_task_id, task_ids)
      select tenant_id, user_id, key, request_hash, first_task_id, task_ids
        from json_to_recordset(${rowsOf(entries.flatMap(({ key }) => key ?? []))}) as x (
          tenant_id text, user_id text, key text, request_hash text, first_task_id text, task_ids json)
       where ${limited ? sql`first_task_id in (select entry from admitted)` : sql`true`}
       order by tenant_id, user_id, key
      on conflict do nothing
      returning first_task_id
    ),
    moment as materialized (select date_trunc('milliseconds', clock_timestamp()) as now),
    changed as (
      insert into brandkit.tasks as t (
        id, tenant_id, user_id, created_by, brand_id, type, type_version, title, priority, max_retries, trace_id, traceparent, batch_id, retry_of,
        timeout_ms, time_to_live_ms, payload, plan, created_at, updated_at, run_at, redeliver_at, expires_at, deadline_at,
        status, attempt, epoch, started_at, attempt_started_at, lease_expires_at)
      select id, tenant_id, user_id, created_by, brand_id, type, type_version, title, priority, max_retries, trace_id, traceparent, batch_id, retry_of,
             timeout_ms, time_to_live_ms, payload::json, plan, now, now, coalesce(run_at, now),
             coalesce(run_at, now) + ${FIRST_ALARM_MS} * interval '1 ms',
             greatest(run_at, now) + least(time_to_live_ms, deadline_ms) * interval '1 ms',
             greatest(run_at, now) + deadline_ms * interval '1 ms',
             case when claimed then 'processing' else 'queued' end, claimed::integer, claimed::integer,
             case when claimed then now end, case when claimed then now end,
             case when claimed then ${BORN_LEASE_END} end
        from input, moment, lateral (select lease_ms is not null and coalesce(run_at <= now, true) as claimed) as birth
       where ${limited ? sql`entry in (select entry from admitted)` : sql`true`} and (not keyed or entry in (select first_task_id from keyed))
      returning t.id, t.tenant_id, t.user_id, t.status, t.epoch, t.version, true as visible,
                ${momentOf(sql`t.created_at`)} as created_at, ${momentOf(sql`t.run_at`)} as run_at
    ),
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, created)

  const byId = new Map(created.map((row) => [row.id, row]))
  return entries.map((entry) => toOutcome(entry, byId, running))
}

const BORN_LEASE_END = sql.raw(
  leaseEndSql({
    now: 'now',
    leaseMs: 'lease_ms',
    startedAt: 'now',
    timeoutMs: 'timeout_ms',
    deadlineAt: `greatest(run_at, now) + deadline_ms * interval '1 ms'`,
  }),
)

/** The CTE `admitted`: the entries that pass no limit. Earlier entries of the same statement count as if they were inserted. */
function admittedByLimits() {
  return sql`
    sized as materialized (
      select entry, tenant_id, user_id, active_limit, queued_limit, count(*) as size
        from input group by entry, tenant_id, user_id, active_limit, queued_limit
    ),
    admitted as materialized (
      select entry from (
        select s.*, sum(size) over (partition by tenant_id, user_id order by entry) as own, sum(size) over (order by entry) as everybody
          from sized s
      ) s
       where (active_limit is null or own + (
               select count(*) from brandkit.tasks t
                where t.tenant_id = s.tenant_id and t.user_id = s.user_id and t.status in ('queued', 'processing')) <= active_limit)
         -- Counting stops at the limit, so that its cost does not grow with the backlog.
         and (queued_limit is null or everybody + (
               select count(*) from (select from brandkit.tasks where status = 'queued' limit s.queued_limit::bigint) as queued) <= queued_limit)
    ),`
}

/**
 * Why an entry inserted nothing although its key is free.
 *
 * @returns the limit that the entry alone would pass; null when it would pass none now
 */
export async function findLimit(execute: Execute, { rows, limits }: CreateEntry): Promise<'active' | 'queued' | null> {
  const [first] = rows
  if (!limits || !first) return null
  const { activePerUser, queued } = limits
  // Counting stops at the limit here, too, because refusals come in floods.
  const [count] = await execute(sql<{ own: string; queued: string }>`
    select ${countUpTo(activePerUser, sql`tenant_id = ${first.tenant_id} and user_id = ${first.user_id} and status in ('queued', 'processing')`)} as own,
           ${countUpTo(queued, sql`status = 'queued'`)} as queued`)
  if (!count) return null
  if (activePerUser !== undefined && toInteger(count.own) + rows.length > activePerUser) return 'active'
  return queued !== undefined && toInteger(count.queued) + rows.length > queued ? 'queued' : null
}

function countUpTo(most: number | undefined, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) from (select from brandkit.tasks where ${condition} limit ${most ?? 0}::bigint) as counted)::text`
}

/** The tasks as they were stored: the database sends only what it has decided. */
function toOutcome(
  { rows, payloads }: CreateEntry,
  byId: ReadonlyMap<string, CreatedRow>,
  running: RunningRows,
): CreateOutcome | null {
  const tasks: StoredTask[] = []
  for (const input of rows) {
    const created = byId.get(input.id)
    if (!created) return null
    const claimed = created.status === 'processing'
    const row = { ...input, ...created, payload_text: payloads.get(input.id) ?? 'null' }
    if (claimed) running.remember({ taskId: row.id, epoch: row.epoch }, row)
    const begun = claimed ? row.created_at : null
    tasks.push(
      toStoredTask({
        ...row,
        ...parsePayload(row.payload_text),
        ...UNBEGUN,
        attempt: row.epoch,
        updated_at: row.created_at,
        started_at: begun,
        attempt_started_at: begun,
      }),
    )
  }
  return { tasks, replayed: false }
}

/** The columns that a new row gets from their defaults. */
const UNBEGUN = {
  partial_result: null,
  has_partial_result: false,
  step_started: {},
  step_completed: {},
  progress: ZERO,
  current_step: null,
  rings: 0,
  completed_at: null,
  purged_at: null,
  last_error: null,
  error_code: null,
} as const satisfies Partial<TaskRow>

/**
 * The tasks that an idempotency key has made; null when they were deleted meanwhile, and the create may be tried again.
 *
 * @throws TaskError `idempotency_key_reused` when another request made them.
 */
export async function replayTasks(execute: Execute, { key }: CreateEntry): Promise<CreateOutcome | null> {
  if (!key) return null
  const rows = await execute(sql<TaskRow & { request_hash: string }>`
    select ${taskColumns}, ${payloadColumns}, i.request_hash
      from brandkit.idempotency i, json_array_elements_text(i.task_ids) with ordinality as made (id, position)
      join brandkit.tasks t on t.id = made.id
     where i.tenant_id = ${key.tenant_id} and i.user_id = ${key.user_id} and i.key = ${key.key}
     order by made.position`)
  const [first] = rows
  if (!first) return null
  if (first.request_hash !== key.request_hash) throw idempotencyKeyReused()
  return { tasks: rows.map(toStoredTask), replayed: true }
}

/** Converts the error of a refused insert for the caller. */
export function toCreateError(error: unknown): unknown {
  const state = sqlStateOf(error)
  if (state === '23505') return duplicateTask(error)
  if (state === '22007' || state === '22008' || state === '22009') return invalidTime(error)
  if (state === '54001')
    return new TaskError('invalid_payload', 'The payload is nested too deeply to be stored.', { cause: error })
  return error
}
