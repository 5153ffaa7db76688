import { sql } from 'kysely'
import { FIRST_ALARM_MS } from '../../alarm.js'
import type { MaintainInput } from '../../maintain-pass.js'
import type { EndNotices } from '../../notice.js'
import { DEADLINE_EXCEEDED, WORKER_LOST } from '../../store-errors.js'
import { tellingAll } from '../notices/tell-ends.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from '../notify.js'
import type { DueRow } from '../due-task.js'
import type { Execute } from '../statement.js'

type ExpiredRow = DueRow & ChangedRow

/** Takes running tasks away from workers whose lease has expired. */
export async function expireLeases(
  execute: Execute,
  { limit, notices }: Pick<MaintainInput, 'limit' | 'notices'>,
  own: ChangingProcess,
): Promise<ExpiredRow[]> {
  const rows = await execute(sql<ExpiredRow>`
    with locked as materialized (
      select id from brandkit.tasks
       where status = 'processing' and lease_expires_at <= (select clock_timestamp())
       order by id limit ${limit}
         for update skip locked
    ),
    ${abandoned(sql`and t.lease_expires_at <= clock_timestamp()`, FIRST_ALARM_MS)}${tellingAll(notices)},
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, rows)
  return rows
}

/**
 * For an embedded database, which only one process opens: any task that still seems to run has lost its worker. The alarm
 * rings at once.
 */
export async function abandonAll(execute: Execute, notices: EndNotices | undefined): Promise<void> {
  await execute(sql`
    with locked as materialized (select id from brandkit.tasks where status = 'processing' order by id for update),
    ${abandoned(sql``, 0)}${tellingAll(notices)}
    select count(*) from changed`)
}

/** The CTE `changed`: moves locked tasks back to `queued`, or to `failed` when no attempt is left. */
function abandoned(guard: ReturnType<typeof sql>, alarmMs: number) {
  const inTime = sql`coalesce(t.deadline_at > clock_timestamp(), true)`
  // A row that is running in its first version was born claimed, and its worker has written nothing since. The worker died
  // between insert and start, or within the first heartbeat. That happens once in a task's life at most, so it is free.
  const attempt = sql`t.attempt - (t.version = 1)::integer`
  const again = sql`${attempt} <= t.max_retries and ${inTime}`
  return sql`
    changed as (
      update brandkit.tasks t
         set status = case when ${again} then 'queued' else 'failed' end,
             completed_at = case when ${again} then null else clock_timestamp() end,
             attempt = ${attempt}, epoch = t.epoch + 1, version = t.version + 1, updated_at = clock_timestamp(),
             lease_expires_at = null, current_step = null, rings = 0, run_at = clock_timestamp(),
             redeliver_at = clock_timestamp() + ${alarmMs} * interval '1 ms',
             expires_at = least(clock_timestamp() + t.time_to_live_ms * interval '1 ms', t.deadline_at),
             error_code = case when ${inTime} then ${WORKER_LOST.errorCode} else ${DEADLINE_EXCEEDED.errorCode} end,
             last_error = case when ${inTime} then ${WORKER_LOST.lastError} else ${DEADLINE_EXCEEDED.lastError} end
        from locked
       where t.id = locked.id and t.status = 'processing' ${guard}
      returning t.id, t.tenant_id, t.user_id, t.version, t.status, t.epoch, t.priority, t.rings, true as visible
    )`
}
