import { type RawBuilder, sql } from 'kysely'
import { FIRST_ALARM_MS } from '../alarm.js'
import { leaseEndSql } from '../lease.js'
import { DEADLINE_EXCEEDED, WORKER_LOST } from '../store-errors.js'
import { type CheckpointRow, type FoldedWrite, hasItems, type TextRow } from './fold-writes.js'
import { type EndNoticeRow, tellingEach } from './notices/tell-ends.js'
import { type ChangingProcess, notification, notified } from './notify.js'
import { doubleOf, momentOf } from './read-number.js'
import { frequent, rowsOf } from './statement.js'
import { fixedColumns, movingColumns, payloadText, textCursor } from './task-row.js'
import { growing, hasText, storingTexts, TEXT_INPUT } from './write-texts.js'

export interface Writing {
  writes: readonly FoldedWrite[]
  checkpoints: readonly CheckpointRow[]
  notices: readonly EndNoticeRow[]
  texts: readonly TextRow[]
  own: ChangingProcess
  /** Whether this process knows the rows of all attempts that end here, so that their fixed columns stay in the database. */
  isKnown: boolean
}

/** Whether the write may queue its task again: then the row decides what becomes of it. */
export function mayQueue({ ending }: FoldedWrite): boolean {
  return ending === 'retry' || ending === 'release' || ending === 'unstarted'
}

/**
 * A fast path, for writes that cannot queue their tasks again: nearly all. The next status is known before the row is read,
 * so one UPDATE does everything. `writeAny` locks every row and decides first, which costs a third more.
 *
 * The input is in the order of ids, and so a nested loop locks rows in that order: two processes that write the same tasks in
 * different order would deadlock. Sessions behind a pooler lack `PLANNING`, so Postgres may join otherwise there; the statement
 * that a deadlock ends is sent again (repeat-refused.ts). The condition on the status is a value of the input; see claim-tasks.ts for the plan with a
 * constant.
 */
export function writeStraight({ writes, checkpoints, texts, notices, own, isKnown }: Writing): RawBuilder<unknown> {
  const shown = sql`(l.visible or t.version = 1)`
  const withItems = writes.some(hasItems)
  const withText = writes.some(hasText)
  return sql`${frequent}
    with input as materialized (
      select *, 'processing' as expected, coalesce(ending, 'processing') as next
        from ${inputOf(writes, { withItems, withText })} order by id
    ),
    ${MOMENT},
    changed as (
      update brandkit.tasks t
         set ${always(shown, { withItems, withText })}${waiting(writes)},
             error_code = case when l.next <> 'completed' then coalesce(l.error_code, t.error_code) end,
             last_error = case when l.next <> 'completed' then coalesce(l.last_error, t.last_error) end
        from input l, moment
       where t.id = l.id and t.status = l.expected and t.epoch = l.epoch
      returning t.id, t.tenant_id, t.user_id, l.epoch as lease_epoch, ${shown} as visible, ${PARTIAL_RESULT},
                ${isKnown ? ENDED_COLUMNS : sql`${movingColumns}, ${fixedColumns}, ${payloadText}`}
    )${storing(checkpoints)}${storingTexts(texts)}${tellingEach(notices)},
    ${notified(own)}
    select *, ${notification} from changed`
}

/** Writes of every kind. Decides under the lock whether an attempt is left. */
export function writeAny({ writes, checkpoints, texts, notices, own, isKnown }: Writing): RawBuilder<unknown> {
  const withItems = writes.some(hasItems)
  const withText = writes.some(hasText)
  return sql`${frequent}
    with input as materialized (select * from ${inputOf(writes, { withItems, withText })}),
    -- Rows are locked in the order of ids, because two processes that write the same tasks in different order would
    -- deadlock. They are found by primary key alone; see claim-tasks.ts for the plan with the status as a condition.
    locked as materialized (
      select t.id as task_id, 'processing' as expected, x.*,
             x.visible or t.version = 1 as shown,
             case x.ending
               when 'retry' then case when t.attempt <= t.max_retries and not late.late then 'queued' else 'failed' end
               when 'unstarted' then case when late.late then 'failed' else 'queued' end
               when 'release' then case
                 when late.late then 'failed'
                 when t.attempt <= t.max_retries or t.checkpoint_epoch = t.epoch or x.completed is not null
                   or x.delay_ms is not null
                 then 'queued' else 'failed' end
               else coalesce(x.ending, 'processing')
             end as next,
             late.late and x.ending in ('retry', 'release', 'unstarted') and (x.ending <> 'retry' or t.attempt <= t.max_retries) as out_of_time,
             coalesce(not late.late and (x.ending = 'unstarted' or (
               x.ending = 'release' and (
                 t.checkpoint_epoch = t.epoch or x.completed is not null or x.delay_ms is not null))), false) as free
        from input x
        join brandkit.tasks t on t.id = x.id and t.epoch = x.epoch
       cross join lateral (select coalesce(t.deadline_at <= clock_timestamp(), false) as late) late
       order by t.id
         for update of t
    ),
    ${MOMENT},
    changed as (
      -- The guard repeats here: if a row changed between the snapshot and the lock, it is re-read and checked again.
      update brandkit.tasks t
         set ${always(sql`l.shown`, { withItems, withText })}${waiting(writes)},
             epoch = t.epoch + (l.next = 'queued')::integer,
             attempt = t.attempt - l.free::integer,
             run_at = case when l.next = 'queued' then now + coalesce(l.delay_ms, 0) * interval '1 ms' else t.run_at end,
             redeliver_at = case when l.next = 'queued'
               then now + (coalesce(l.delay_ms, 0) + ${FIRST_ALARM_MS}) * interval '1 ms' else t.redeliver_at end,
             expires_at = case when l.next = 'queued'
               then least(now + (coalesce(l.delay_ms, 0) + t.time_to_live_ms) * interval '1 ms', t.deadline_at) else t.expires_at end,
             rings = case when l.next = 'queued' then 0 else t.rings end,
             error_code = case
               when l.next = 'completed' then null
               when l.out_of_time then ${DEADLINE_EXCEEDED.errorCode}
               when l.next = 'failed' and l.ending = 'release' then ${WORKER_LOST.errorCode}
               else coalesce(l.error_code, t.error_code) end,
             last_error = case
               when l.next = 'completed' then null
               when l.out_of_time then ${DEADLINE_EXCEEDED.lastError}
               when l.next = 'failed' and l.ending = 'release' then ${WORKER_LOST.lastError}
               else coalesce(l.last_error, t.last_error) end
        from locked l, moment
       where t.id = l.task_id and t.status = l.expected and t.epoch = l.epoch
      returning t.id, t.tenant_id, t.user_id, l.epoch as lease_epoch, l.shown as visible, ${PARTIAL_RESULT},
                ${movingColumns} ${isKnown ? sql`` : sql`, ${fixedColumns}, ${payloadText}`}
    )${storing(checkpoints)}${storingTexts(texts)}${tellingEach(notices)},
    ${notified(own)}
    select *, ${notification} from changed`
}

interface Variant {
  /** Whether some of the writes concern items of steps. */
  withItems: boolean
  /** Whether some of them concern streamed text. */
  withText: boolean
}

function inputOf(writes: readonly FoldedWrite[], { withItems, withText }: Variant): RawBuilder<unknown> {
  return sql`json_to_recordset(${rowsOf(writes)}) as x (
    id text, epoch integer, lease_ms double precision, progress double precision, current_step text, partial_result text,
    started json, completed json, visible boolean, ending text, result text, error_code text, last_error text,
    delay_ms double precision${withItems ? sql`, items jsonb` : sql``}${withText ? TEXT_INPUT : sql``}${
      writes.some(isWaiting) ? sql`, waiting_for text` : sql``
    })`
}

function isWaiting({ waiting_for }: FoldedWrite): boolean {
  return waiting_for !== undefined
}

/** The assignment of a wait, if there is one. */
function waiting(writes: readonly FoldedWrite[]): RawBuilder<unknown> {
  if (!writes.some(isWaiting)) return sql``
  return sql`,
             waiting_for = case when l.waiting_for is null then t.waiting_for else nullif(l.waiting_for, 'null')::json end`
}

const MOMENT = sql`moment as materialized (select clock_timestamp() as now)`

const PROLONGED_LEASE_END = sql.raw(
  leaseEndSql({
    now: 'now',
    leaseMs: 'l.lease_ms',
    startedAt: 't.attempt_started_at',
    timeoutMs: 't.timeout_ms',
    deadlineAt: 't.deadline_at',
  }),
)

/**
 * What both statements assign.
 *
 * @param shown whether others see a difference. The first write of a task that was born claimed is always visible: the attempt
 *   then counts as begun.
 */
function always(shown: RawBuilder<unknown>, { withItems, withText }: Variant): RawBuilder<unknown> {
  return sql`
             status = l.next,
             version = t.version + ${shown}::integer,
             updated_at = case when ${shown} then now else t.updated_at end,
             progress = case l.next when 'completed' then 100 else greatest(t.progress, l.progress) end,
             current_step = case when l.next = 'processing' then coalesce(l.current_step, t.current_step) end,
             partial_result = case when l.next <> 'completed' then coalesce(l.partial_result::json, t.partial_result) end,
             step_started = ${withTimes('step_started', 'started')},
             step_completed = ${withTimes('step_completed', 'completed')},${withItems ? STEP_ITEMS : sql``}
             checkpoint_epoch = case when l.completed is null then t.checkpoint_epoch else t.epoch end,
             lease_expires_at = case
               when l.next <> 'processing' then null
               when l.lease_ms is null then t.lease_expires_at
               else ${PROLONGED_LEASE_END} end,
             completed_at = case when l.next in ('completed', 'failed') then now end,
             result = case when l.next = 'completed' then l.result::json end,
             settled_epoch = case when l.ending is null then t.settled_epoch else l.epoch end,
             settled_as = coalesce(l.ending, t.settled_as)${withText ? growing() : sql``}`
}

/** The times of steps, with those of the given list: a map from key to milliseconds since the epoch. */
function withTimes(column: string, steps: string): RawBuilder<unknown> {
  const [times, keys] = [sql.raw(`t.${column}`), sql.raw(`l.${steps}`)]
  return sql`case when ${keys} is null then ${times} else ${times} || (
    select coalesce(jsonb_object_agg(step, floor(extract(epoch from now) * 1000)), '{}') from json_array_elements_text(${keys}) as step) end`
}

const STEP_ITEMS = sql`
             step_items = case when l.items is null then t.step_items else coalesce(t.step_items, '{}') || l.items end,`

/** A report has just sent it. */
const PARTIAL_RESULT = sql`
  case when l.ending is not null then t.partial_result end as partial_result,
  l.ending is not null and t.partial_result is not null as has_partial_result`

/** The columns that an end changes and that the process cannot know. Reports need no steps, which are long. */
const ENDED_COLUMNS = sql`
  t.awaited, t.status, t.version, t.epoch, t.usage, ${textCursor}, ${momentOf(sql`t.updated_at`)} as updated_at, ${doubleOf(sql`t.progress`)} as progress,
  case when l.ending is null then '{}' else t.step_started end as step_started,
  case when l.ending is null then '{}' else t.step_completed end as step_completed,
  case when l.ending is not null then t.step_items end as step_items`

/** The CTE that stores checkpoints, if there are any. */
function storing(checkpoints: readonly CheckpointRow[]): RawBuilder<unknown> {
  if (checkpoints.length === 0) return sql``
  return sql`,
    stored as (
      insert into brandkit.task_steps (task_id, step, output)
      select c.task_id, c.step, c.output::json
        from json_to_recordset(${rowsOf(checkpoints)}) as c (task_id text, epoch integer, step text, output text)
       -- The epoch is compared, too: a former owner's checkpoint may be in the same statement as the owner's writes.
       where (c.task_id, c.epoch) in (select id, lease_epoch from changed)
      on conflict (task_id, step) do update set output = excluded.output
    )`
}
