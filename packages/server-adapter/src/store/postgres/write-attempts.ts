import { sql } from 'kysely'
import { unserializable } from '../encode-json.js'
import { FIRST_ALARM_MS } from '../alarm.js'
import { leaseEndSql } from '../lease.js'
import { DEADLINE_EXCEEDED, invalidTime, WORKER_LOST } from '../store-errors.js'
import type { AttemptEnd } from '../attempt-writes.js'
import type { Lease, StoredTask } from '../task-store.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { attemptOf, foldWrites, type WriteEntry } from './fold-writes.js'
import { frequent, rowsOf, type Execute } from './statement.js'
import type { RunningRow, RunningRows } from './running-rows.js'
import {
  fixedColumns,
  movingColumns,
  parsePayload,
  payloadColumns,
  payloadText,
  taskColumns,
  toStoredTask,
  type TaskRow,
} from './task-row.js'
import { sqlStateOf } from './to-store-error.js'

/**
 * The outcome of one write: the task if the write ended the attempt, `written` otherwise, `lost` if the row has another
 * epoch.
 */
export type WriteOutcome = StoredTask | 'written' | 'lost'

/** The fixed columns and the payload come back only if this process does not know them. */
type WrittenRow = Omit<TaskRow, keyof RunningRow> & Partial<RunningRow> & ChangedRow & { lease_epoch: number }

/** Writes beats, reports, checkpoints and ends of any attempts in one statement. */
export async function writeAttempts(
  execute: Execute,
  entries: readonly WriteEntry[],
  { own, running }: { own: ChangingProcess; running: RunningRows },
): Promise<WriteOutcome[]> {
  const { writes, checkpoints } = foldWrites(entries)
  const isKnown = entries.every(({ lease, end }) => !end || running.find(lease))
  const rows = await execute(sql<WrittenRow>`${frequent}
    with input as materialized (
      select * from json_to_recordset(${rowsOf(writes)}) as x (
        id text, epoch integer, lease_ms double precision, progress double precision, current_step text, partial_result text,
        started json, completed json, visible boolean, ending text, result text, error_code text, last_error text,
        delay_ms double precision)
    ),
    -- Rows are locked in the order of ids, because two processes that write the same tasks in different order would
    -- deadlock. They are found by primary key alone; see claim-tasks.ts for the plan with the status as a condition.
    locked as materialized (
      select t.id as task_id, 'processing' as expected, x.*,
             -- The first write of a task that was born claimed is always visible: the attempt then counts as begun.
             x.visible or t.version = 1 as shown,
             case x.ending
               when 'retry' then case when t.attempt <= t.max_retries and not late.late then 'queued' else 'failed' end
               when 'unstarted' then case when late.late then 'failed' else 'queued' end
               when 'release' then case
                 when late.late then 'failed'
                 when t.attempt <= t.max_retries or t.checkpoint_epoch = t.epoch or json_array_length(x.completed) > 0
                 then 'queued' else 'failed' end
               else coalesce(x.ending, 'processing')
             end as next,
             late.late and x.ending in ('retry', 'release', 'unstarted') and (x.ending <> 'retry' or t.attempt <= t.max_retries) as out_of_time,
             coalesce(not late.late and (x.ending = 'unstarted' or (
               x.ending = 'release' and (t.checkpoint_epoch = t.epoch or json_array_length(x.completed) > 0))), false) as free
        from input x
        join brandkit.tasks t on t.id = x.id and t.epoch = x.epoch
       cross join lateral (select coalesce(t.deadline_at <= clock_timestamp(), false) as late) late
       order by t.id
         for update of t
    ),
    moment as materialized (select clock_timestamp() as now),
    changed as (
      -- The guard repeats here: if a row changed between the snapshot and the lock, it is re-read and checked again.
      update brandkit.tasks t
         set status = l.next,
             version = t.version + l.shown::integer,
             updated_at = case when l.shown then now else t.updated_at end,
             epoch = t.epoch + (l.next = 'queued')::integer,
             attempt = t.attempt - l.free::integer,
             progress = case l.next when 'completed' then 100 else greatest(t.progress, l.progress) end,
             current_step = case when l.next = 'processing' then coalesce(l.current_step, t.current_step) end,
             partial_result = case when l.next <> 'completed' then coalesce(l.partial_result::json, t.partial_result) end,
             step_started = t.step_started || ${stepTimes(sql`l.started`)},
             step_completed = t.step_completed || ${stepTimes(sql`l.completed`)},
             checkpoint_epoch = case when json_array_length(l.completed) > 0 then t.epoch else t.checkpoint_epoch end,
             lease_expires_at = case
               when l.next <> 'processing' then null
               when l.lease_ms is null then t.lease_expires_at
               else ${PROLONGED_LEASE_END} end,
             run_at = case when l.next = 'queued' then now + coalesce(l.delay_ms, 0) * interval '1 ms' else t.run_at end,
             redeliver_at = case when l.next = 'queued'
               then now + (coalesce(l.delay_ms, 0) + ${FIRST_ALARM_MS}) * interval '1 ms' else t.redeliver_at end,
             expires_at = case when l.next = 'queued'
               then least(now + (coalesce(l.delay_ms, 0) + t.time_to_live_ms) * interval '1 ms', t.deadline_at) else t.expires_at end,
             rings = case when l.next = 'queued' then 0 else t.rings end,
             completed_at = case when l.next in ('completed', 'failed') then now end,
             result = case when l.next = 'completed' then l.result::json end,
             error_code = case
               when l.next = 'completed' then null
               when l.out_of_time then ${DEADLINE_EXCEEDED.errorCode}
               when l.next = 'failed' and l.ending = 'release' then ${WORKER_LOST.errorCode}
               else coalesce(l.error_code, t.error_code) end,
             last_error = case
               when l.next = 'completed' then null
               when l.out_of_time then ${DEADLINE_EXCEEDED.lastError}
               when l.next = 'failed' and l.ending = 'release' then ${WORKER_LOST.lastError}
               else coalesce(l.last_error, t.last_error) end,
             settled_epoch = case when l.ending is null then t.settled_epoch else l.epoch end,
             settled_as = coalesce(l.ending, t.settled_as)
        from locked l, moment
       where t.id = l.task_id and t.status = l.expected and t.epoch = l.epoch
      returning t.id, t.tenant_id, t.user_id, ${movingColumns}, l.shown as visible, l.epoch as lease_epoch,
                -- A report has just sent it.
                case when l.ending is not null then t.partial_result end as partial_result,
                l.ending is not null and t.partial_result is not null as has_partial_result
                ${isKnown ? sql`` : sql`, ${fixedColumns}, ${payloadText}`}
    ),
    stored as (
      insert into brandkit.task_steps (task_id, step, output)
      select c.task_id, c.step, c.output::json
        from json_to_recordset(${rowsOf(checkpoints)}) as c (task_id text, epoch integer, step text, output text)
       -- The epoch is compared, too: a former owner's checkpoint may be in the same statement as the owner's writes.
       where (c.task_id, c.epoch) in (select id, lease_epoch from changed)
      on conflict (task_id, step) do update set output = excluded.output
    ),
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, rows)

  const written = new Map(rows.map((row) => [attemptOf({ taskId: row.id, epoch: row.lease_epoch }), row]))
  return entries.map(({ lease, end }) => {
    const row = written.get(attemptOf(lease))
    if (row && !end) return 'written'
    const known = running.find(lease)
    running.forget(lease)
    return row && end ? toEnded({ ...known, ...row } as RunningRow & WrittenRow, end) : 'lost'
  })
}

/** The whole task: what the statement has changed, what cannot change while an attempt runs, and what this process sent. */
function toEnded(row: RunningRow & WrittenRow, { result }: NonNullable<WriteEntry['end']>): StoredTask {
  const isCompleted = row.status === 'completed'
  return toStoredTask({
    ...row,
    ...parsePayload(row.payload_text),
    ...(isCompleted && { has_result: true, result: JSON.parse(result ?? 'null') as unknown }),
  })
}

const PROLONGED_LEASE_END = sql.raw(
  leaseEndSql({
    now: 'now',
    leaseMs: 'l.lease_ms',
    startedAt: 't.attempt_started_at',
    timeoutMs: 't.timeout_ms',
    deadlineAt: 't.deadline_at',
  }),
)

/** The time of each step in a list: a map from key to milliseconds since the epoch. */
function stepTimes(steps: ReturnType<typeof sql>) {
  return sql`coalesce((select jsonb_object_agg(step, floor(extract(epoch from now) * 1000)) from json_array_elements_text(${steps}) as step), '{}')`
}

/** The task, if the attempt has already ended in the same way: the reply to the first call was lost. */
export async function findSettled(
  execute: Execute,
  { taskId, epoch }: Lease,
  as: AttemptEnd['status'],
): Promise<StoredTask | null> {
  const [row] = await execute(sql<TaskRow>`
    select ${taskColumns}, ${payloadColumns} from brandkit.tasks t
     where id = ${taskId} and settled_epoch = ${epoch} and settled_as = ${as}`)
  return row ? toStoredTask(row) : null
}

/** Converts the error of a refused write for the worker. */
export function toWriteError(error: unknown): unknown {
  const state = sqlStateOf(error) ?? ''
  if (state === '22008') return invalidTime(error)
  // The value is nested too deeply, is too large, or holds text that JSON types refuse.
  return ['54001', '54000', '22P02', '22P05', '22023'].includes(state) ? unserializable(error) : error
}
