import { sql } from 'kysely'
import { FIRST_ALARM_MS } from '../alarm.js'
import { encodeJson } from '../encode-json.js'
import { leaseEndSql } from '../lease.js'
import { toShownText, toStorableTags, toStorableText } from '../storable-text.js'
import type { CreateLimits } from '../store-limits.js'
import type { NewStoredTask } from '../task-store.js'
import type { CreateTasksInput, CreateTasksOutcome } from '../task-creation.js'
import type { UniquePlan } from '../plan-unique.js'
import { toAfterColumns } from './after-tasks.js'
import { auditedRetries } from './audited.js'
import { admittedByLimits } from './create-limits.js'
import { type CreatedRow, epochOf, toOutcome } from './created-tasks.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { insertKeys } from './idempotency-keys.js'
import { momentOf } from './read-number.js'
import { FIRSTS, isRetry, RETRIES } from './take-over.js'
import { frequent, rowsOf, type Execute } from './statement.js'
import type { RunningRows } from './running-rows.js'
import { keepWords, toKeptWords } from './task-words.js'

/** One call of `create`, ready to be sent together with others: inserts all of its rows or none. */
export interface CreateEntry {
  rows: readonly CreateRow[]
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
  /** Whether rows may have a unique key. */
  unique: boolean
  bytes: number
}

/** @param plan for tasks with unique keys: what of them is inserted */
export function toCreateEntry(
  { tasks: asked, idempotency, limits, claim }: CreateTasksInput,
  plan?: UniquePlan,
): CreateEntry {
  const [first] = asked
  const tasks = plan?.insert ?? asked
  const payloads = new Map(tasks.map((task) => [task.taskId, encodeJson(task.payload, 'invalid_payload')]))
  const keyed = idempotency !== undefined && first !== undefined
  const first_task_id = plan?.answers[0] ?? first?.taskId
  const entry = { first_task_id, keyed, limits, lease_ms: claim?.leaseMs }
  const rows = tasks.map((task) => {
    const row: CreateRow = toRow(task, payloads.get(task.taskId) ?? 'null', entry)
    return plan?.awaiting ? Object.assign(row, toAfterColumns(task, plan.awaiting)) : row
  })
  const key = keyed
    ? {
        tenant_id: toStorableText(first.tenantId),
        user_id: toStorableText(first.userId),
        key: toStorableText(idempotency.key),
        request_hash: idempotency.requestHash,
        first_task_id: first_task_id ?? first.taskId,
        task_ids: plan?.answers ?? tasks.map(({ taskId }) => taskId),
      }
    : null
  // Tasks that were under way already need no room.
  const room = rows.length > 0 ? limits : undefined
  const unique = plan !== undefined
  return {
    rows,
    key,
    payloads,
    limits: room,
    unique,
    bytes: rows.reduce((sum, row) => sum + row.payload.length + 1_000, 0),
  }
}

export type CreateRow = ReturnType<typeof toRow> & Partial<ReturnType<typeof toAfterColumns>>

interface RowEntry {
  first_task_id: string | undefined
  keyed: boolean
  limits: CreateLimits | undefined
  lease_ms: number | undefined
}

/** A row for the database, which reads what is undefined as null: its name and value are not sent. */
function toRow(task: NewStoredTask, payload: string, { first_task_id, keyed, limits, lease_ms }: RowEntry) {
  const title = toShownText(task.title)
  const tags = toStorableTags(task.tags)
  return {
    id: task.taskId,
    tenant_id: toStorableText(task.tenantId),
    user_id: toStorableText(task.userId),
    created_by: toStorableText(task.createdBy),
    brand_id: toStorableText(task.brandId),
    type: task.type,
    type_version: task.typeVersion ?? 1,
    title,
    tags,
    words: toKeptWords(title, tags),
    priority: task.priority,
    max_retries: task.maxRetries,
    trace_id: task.traceId,
    traceparent: task.traceparent,
    batch_id: task.batchId,
    retry_of: task.retryOf,
    tier: task.tier === undefined ? undefined : toStorableText(task.tier),
    keys_of: task.keysOf,
    take_from: task.takeOver && toStorableText(task.takeOver.taskId),
    take_steps: task.takeOver?.steps.map(toStorableText),
    take_progress: task.takeOver && Math.min(task.takeOver.progress, 99.9),
    take_text: task.takeOver?.text && true,
    timeout_ms: task.timeoutMs,
    time_to_live_ms: task.timeToLiveMs,
    // JSON within JSON: the database decodes only the outer text, and decoding the inner one would fail on NUL.
    payload,
    plan: task.steps.map((step) => ({ key: toShownText(step.key), title: toShownText(step.title) })),
    run_at: task.runAt,
    deadline_ms: task.deadlineMs,
    unique_key: task.unique && toStorableText(task.unique.key),
    // Only limits and keys concern the whole entry.
    entry_id: keyed || limits ? first_task_id : undefined,
    keyed: keyed || undefined,
    active_limit: limits?.activePerUser,
    queued_limit: limits?.queued,
    lease_ms,
  }
}

/** Inserts all entries in one statement; `null` for entries whose idempotency key was taken, or that pass a limit. */
export async function createTasks(
  execute: Execute,
  entries: readonly CreateEntry[],
  { own, running }: { own: ChangingProcess; running: RunningRows },
): Promise<(CreateTasksOutcome | null)[]> {
  // Limits count rows, and by which index depends on their number.
  const limited = entries.some(({ limits }) => limits !== undefined)
  const keys = entries.flatMap(({ key }) => key ?? [])
  const rows = entries.flatMap((entry) => entry.rows)
  const words = keepWords(rows)
  const { fields, columns, values } = entries.some(({ unique }) => unique) ? withPlan(words) : words
  // Only apps with budgets store tiers.
  const [tier, tierField] = rows.some((row) => row.tier !== undefined)
    ? [sql`, tier`, sql`, tier text`]
    : [sql``, sql``]
  const retries = rows.some(isRetry) ? RETRIES : FIRSTS
  const auditing = rows.some((row) => row.retry_of !== undefined) ? auditedRetries : sql``
  const created = await execute(sql<CreatedRow>`${limited ? sql`` : frequent}
    with input as materialized (
      select *, coalesce(entry_id, id) as entry
        from json_to_recordset(${rowsOf(rows)}) as x (
        id text, tenant_id text, user_id text, created_by text, brand_id text, type text, type_version integer, title text, priority text,
        max_retries integer, trace_id text, traceparent text, batch_id text, retry_of text, timeout_ms double precision,
        time_to_live_ms double precision, payload text, plan json, run_at timestamptz, deadline_ms double precision,
        entry_id text, keyed boolean, active_limit double precision, queued_limit double precision, lease_ms double precision${fields}${tierField}${retries.input})
    ),
    ${limited ? admittedByLimits() : sql``}
    ${keys.length > 0 ? insertKeys(keys, { limited }) : sql``}
    moment as materialized (select date_trunc('milliseconds', clock_timestamp()) as now),
    changed as (
      insert into brandkit.tasks as t (
        id, tenant_id, user_id, created_by, brand_id, type, type_version, title, priority, max_retries, trace_id, traceparent, batch_id, retry_of,
        timeout_ms, time_to_live_ms, payload, plan, created_at, updated_at, run_at, redeliver_at, expires_at, deadline_at,
        status, attempt, epoch, started_at, attempt_started_at, lease_expires_at${columns}${tier}${retries.columns})
      select id, tenant_id, user_id, created_by, brand_id, type, type_version, title, priority, max_retries, trace_id, traceparent, batch_id, retry_of,
             timeout_ms, time_to_live_ms, payload::json, plan, now, now, coalesce(run_at, now),
             coalesce(run_at, now) + ${FIRST_ALARM_MS} * interval '1 ms',
             greatest(run_at, now) + least(time_to_live_ms, deadline_ms) * interval '1 ms',
             greatest(run_at, now) + deadline_ms * interval '1 ms',
             case when claimed then 'processing' else 'queued' end, claimed::integer, claimed::integer,
             case when claimed then now end, case when claimed then now end,
             case when claimed then ${BORN_LEASE_END} end${values}${tier}${retries.values}
        from input, moment, lateral (select lease_ms is not null and coalesce(run_at <= now, true) as claimed) as birth${retries.source}
       where ${limited ? sql`entry in (select entry from admitted)` : sql`true`} 
             ${keys.length > 0 ? sql`and (keyed is null or entry in (select first_task_id from keyed))` : sql``}
      returning t.id, t.tenant_id, t.user_id, t.status, t.epoch, t.version, true as visible,
                ${momentOf(sql`t.created_at`)} as created_at,
                case when t.run_at <> t.created_at then ${momentOf(sql`t.run_at`)} end as run_at${retries.returned}
    )${auditing},${retries.copies}
    ${notified(own)}
    select id, status, created_at, run_at, ${retries.shown}${notification} from changed`)

  const byId = new Map(created.map((row) => [row.id, row]))
  tellOwn(own, toChanged(entries, byId))
  return entries.map((entry) => toOutcome(entry, byId, running))
}

/** The additions to the statement of `createTasks` by which it stores unique keys and what the tasks wait for. */
function withPlan({ fields, columns, values }: ReturnType<typeof keepWords>): ReturnType<typeof keepWords> {
  const keys = sql`, unique_key, after, waits_for, awaited`
  return {
    fields: sql`${fields}, unique_key text, after json, waits_for jsonb, awaited boolean`,
    columns: sql`${columns}${keys}`,
    values: sql`${values}${keys}`,
  }
}

/** The changes of new rows. The process knows everything about them but the status. */
function toChanged(entries: readonly CreateEntry[], byId: ReadonlyMap<string, CreatedRow>): ChangedRow[] {
  return entries.flatMap(({ rows }) =>
    rows.flatMap(({ id, tenant_id, user_id }) => {
      const created = byId.get(id)
      if (!created) return []
      return { ...created, tenant_id, user_id, version: 1, epoch: epochOf(created), visible: true }
    }),
  )
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
