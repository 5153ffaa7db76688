import { type RawBuilder, sql } from 'kysely'
import { DEAD_NOTICE_MS, type NoticeOutcome, type TakenNotice, type TakeNoticesInput } from '../../notice.js'
import { toShownText, toStorableText } from '../../storable-text.js'
import { type Execute, rowsOf } from '../statement.js'
import { listColumns, type TaskRow, toStoredTask } from '../task-row.js'

type TakenRow = TaskRow & { notice_target: string; notice_attempt: number }

/** Records outcomes and takes what is due, in one statement. Old dead notices are forgotten on the way. */
export async function takeNotices(
  execute: Execute,
  { outcomes, targets, limit, leaseMs }: TakeNoticesInput,
): Promise<TakenNotice[]> {
  const rows = await execute(sql<TakenRow>`
    with ${recording(outcomes)}
    due as materialized (
      select n.task_id, n.target, n.died_at is not null as is_dead, n.give_up_at <= clock_timestamp() as is_late
        from brandkit.notices n
       where n.due_at <= (select clock_timestamp()) ${outcomes.length === 0 ? sql`` : NOT_RECORDED}
         and (n.died_at is not null or n.give_up_at <= (select clock_timestamp())
              or n.target in (select json_array_elements_text(${rowsOf(targets.map(toStorableText))})))
       order by n.due_at limit ${limit}
         for update skip locked
    ),
    forgotten as (
      delete from brandkit.notices n using due where n.task_id = due.task_id and n.target = due.target and due.is_dead
    ),
    taken as (
      update brandkit.notices n
         set attempt = n.attempt + (not due.is_late)::integer,
             died_at = case when due.is_late then clock_timestamp() end,
             due_at = clock_timestamp()
               + case when due.is_late then ${DEAD_NOTICE_MS}::double precision else ${leaseMs}::double precision end * interval '1 ms'
        from due
       where n.task_id = due.task_id and n.target = due.target and not due.is_dead
      returning n.task_id, n.target as notice_target, n.attempt as notice_attempt, due.is_late
    )
    select ${listColumns}, taken.notice_target, taken.notice_attempt
      from taken join brandkit.tasks t on t.id = taken.task_id
     where not taken.is_late`)
  return rows.map(({ notice_target, notice_attempt, ...row }) => ({
    task: toStoredTask(row),
    target: notice_target,
    attempt: notice_attempt,
  }))
}

/** One statement changes a row only once, so a notice is not taken in the call that records its outcome. */
const NOT_RECORDED = sql`and (n.task_id, n.target) not in (select task_id, target from outcome)`

/** A dead notice has no delay. */
const IS_LAST = sql`coalesce(clock_timestamp() + o.delay_ms * interval '1 ms' > n.give_up_at, true)`

function recording(outcomes: readonly NoticeOutcome[]): RawBuilder<unknown> {
  if (outcomes.length === 0) return sql``
  return sql`outcome as materialized (
      select * from json_to_recordset(${rowsOf(outcomes.map(toOutcomeRow))}) as x (
        task_id text, target text, attempt integer, delivered boolean, delay_ms double precision, reason text)
    ),
    delivered as (
      delete from brandkit.notices n using outcome o
       where n.task_id = o.task_id and n.target = o.target and o.delivered and n.died_at is null
    ),
    undelivered as (
      update brandkit.notices n
         set reason = o.reason,
             died_at = case when ${IS_LAST} then clock_timestamp() end,
             due_at = clock_timestamp()
               + case when ${IS_LAST} then ${DEAD_NOTICE_MS}::double precision else o.delay_ms end * interval '1 ms'
        from outcome o
       where n.task_id = o.task_id and n.target = o.target and n.attempt = o.attempt and not o.delivered
         and n.died_at is null
    ),`
}

function toOutcomeRow(outcome: NoticeOutcome) {
  return {
    task_id: toStorableText(outcome.taskId),
    target: toStorableText(outcome.target),
    attempt: outcome.attempt,
    delivered: outcome.outcome === 'delivered',
    ...(outcome.outcome === 'failed' && { delay_ms: outcome.delayMs }),
    ...(outcome.outcome !== 'delivered' && { reason: toShownText(outcome.reason) }),
  }
}
