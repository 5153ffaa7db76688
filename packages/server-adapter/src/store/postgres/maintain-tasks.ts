import { type RawBuilder, sql } from 'kysely'
import type { TaskScope } from '../../principal.js'
import { FIRST_ALARM_MS, LAST_ALARM_MS } from '../alarm.js'
import { toStorableText } from '../storable-text.js'
import { DEADLINE_EXCEEDED, TASK_EXPIRED, WORKER_LOST } from '../store-errors.js'
import type { MaintainInput, MaintainOutcome, StoredTask } from '../task-store.js'
import { announced, announcement } from './announce.js'
import { type DueRow, rankOf, toDueTask } from './due-task.js'
import { releaseForgotten } from './hold-tasks.js'
import { findTasks, visibleTo } from './read-tasks.js'
import type { Execute } from './statement.js'

type Touched = DueRow & { status: string }

/** One pass, or null when another process has made one less than `minIntervalMs` ago. */
export async function maintainTasks(execute: Execute, input: MaintainInput): Promise<MaintainOutcome | null> {
  const { minIntervalMs, expireLeases, waitingMessages, limit, retention, limits } = input
  const turn = await execute(sql`
    update brandkit.maintenance
       set last_pass_at = clock_timestamp()
     where last_pass_at <= clock_timestamp() - ${minIntervalMs} * interval '1 ms'
    returning only_row`)
  if (turn.length === 0) return null

  const expired = expireLeases === 'yes' ? await expire(execute, limit) : []
  const timedOut = await timeOut(execute, limit)
  const released = limits ? await releaseForgotten(execute, limits, limit) : []
  const rung = await ring(execute, waitingMessages, limit)
  await forget(execute, retention.tombstoneMs, limit)
  const purged = await purge(execute, retention.endedMs, limit)
  return {
    deliver: [...[...expired.filter(({ status }) => status === 'queued'), ...rung].map(toDueTask), ...released],
    expired: expired.length,
    timedOut: timedOut.length,
    purged: purged.length,
  }
}

/** Takes running tasks from workers whose lease is over. */
async function expire(execute: Execute, limit: number): Promise<Touched[]> {
  return execute(sql<Touched>`
    with locked as materialized (
      select id from brandkit.tasks
       where status = 'processing' and lease_expires_at <= (select clock_timestamp())
       order by id limit ${limit}
         for update skip locked
    ),
    ${abandoned(sql`and t.lease_expires_at <= clock_timestamp()`, FIRST_ALARM_MS)},
    ${announced}
    select *, ${announcement} from changed`)
}

/** Whoever opens an embedded database is alone with it: what still seems to run has lost its worker. Rings at once. */
export async function abandonAll(execute: Execute): Promise<void> {
  await execute(sql`
    with locked as materialized (select id from brandkit.tasks where status = 'processing' order by id for update),
    ${abandoned(sql``, 0)}
    select count(*) from changed`)
}

/** The CTE `changed`: locked tasks back to `queued`, or to `failed` where no attempt is left. */
function abandoned(guard: ReturnType<typeof sql>, alarmMs: number) {
  const inTime = sql`coalesce(t.deadline_at > clock_timestamp(), true)`
  const again = sql`t.attempt <= t.max_retries and ${inTime}`
  return sql`
    changed as (
      update brandkit.tasks t
         set status = case when ${again} then 'queued' else 'failed' end,
             completed_at = case when ${again} then null else clock_timestamp() end,
             epoch = t.epoch + 1, version = t.version + 1, updated_at = clock_timestamp(),
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

/** Fails what has waited longer than its time to live. */
async function timeOut(execute: Execute, limit: number): Promise<Touched[]> {
  return execute(sql<Touched>`
    with locked as materialized (
      select id from brandkit.tasks
       where status = 'queued' and expires_at <= (select clock_timestamp())
       order by id limit ${limit}
         for update skip locked
    ),
    changed as (
      update brandkit.tasks t
         set status = 'failed', completed_at = clock_timestamp(), updated_at = clock_timestamp(), version = t.version + 1,
             epoch = t.epoch + 1,
             error_code = case when t.deadline_at <= clock_timestamp() then ${DEADLINE_EXCEEDED.errorCode} else ${TASK_EXPIRED.errorCode} end,
             last_error = case when t.deadline_at <= clock_timestamp() then ${DEADLINE_EXCEEDED.lastError} else ${TASK_EXPIRED.lastError} end
        from locked
       where t.id = locked.id and t.status = 'queued' and t.expires_at <= clock_timestamp()
      returning t.id, t.tenant_id, t.user_id, t.version, t.status, t.epoch, t.priority, t.rings, true as visible
    ),
    ${announced}
    select *, ${announcement} from changed`)
}

/**
 * Rings the alarms that are due, oldest first, and sets the next ones. Nobody sees an alarm, so nothing is announced.
 * Silent while the queue holds a message for every due task; counting stops there, however long the backlog is. What
 * others overtake ages even then, until it weighs more than they: few rings, so that messages stay bounded.
 */
async function ring(execute: Execute, waitingMessages: number | undefined, limit: number): Promise<Touched[]> {
  const held = waitingMessages ?? -1
  return execute(sql<Touched>`
    with queue as materialized (
      select ${held}::double precision < 0 or ${held}::double precision < (
               select count(*) from (
                 select from brandkit.tasks where status = 'queued' and run_at <= (select clock_timestamp()) limit ${held + 1}::bigint
               ) as due) as lacks_messages
    ),
    greatest as materialized (
      select max(${rankOf(sql`priority`)}) as rank from brandkit.tasks
       where status = 'queued' and run_at <= (select clock_timestamp()) and not (select lacks_messages from queue)
    ),
    locked as materialized (
      select id, redeliver_at from brandkit.tasks
       where status = 'queued' and redeliver_at <= (select clock_timestamp())
         and ((select lacks_messages from queue) or (
           ${rankOf(sql`priority`)} < (select rank from greatest)
           and ${rankOf(sql`priority`)} + rings <= (select rank from greatest)))
       order by redeliver_at limit ${limit}
         for update skip locked
    ),
    changed as (
      update brandkit.tasks t
         set rings = t.rings + 1,
             redeliver_at = clock_timestamp()
               + least(${LAST_ALARM_MS}, ${FIRST_ALARM_MS} * power(2, least(t.rings + 1, 16))) * interval '1 ms'
        from locked
       where t.id = locked.id and t.status = 'queued'
      returning t.id, t.priority, t.rings, t.status, locked.redeliver_at as due_since
    )
    select * from changed order by due_since`)
}

/** Empties tasks that have ended long ago. */
async function purge(execute: Execute, endedMs: number, limit: number): Promise<{ id: string }[]> {
  return empty(
    execute,
    sql`
      select id from brandkit.tasks
       where completed_at <= (select clock_timestamp()) - ${endedMs} * interval '1 ms' and purged_at is null
       order by id limit ${limit}
         for update skip locked`,
  )
}

/** Empties one ended task of the scope, now. Doing so twice gives the same answer. */
export async function deleteTask(execute: Execute, taskId: string, scope: TaskScope): Promise<StoredTask | null> {
  await empty(
    execute,
    sql`
      select t.id from brandkit.tasks t
       where t.id = ${toStorableText(taskId)} and ${visibleTo(scope)} and t.completed_at is not null and t.purged_at is null
         for update`,
  )
  const [task] = await findTasks(execute, [taskId], scope)
  return task?.purgedAt === undefined ? null : task
}

function empty(execute: Execute, ended: RawBuilder<unknown>): Promise<{ id: string }[]> {
  return execute(sql<{ id: string }>`
    with locked as materialized (${ended}),
    emptied as (delete from brandkit.task_steps where task_id in (select id from locked)),
    changed as (
      update brandkit.tasks t
         set payload = null, result = null, partial_result = null, plan = '[]', step_started = '{}', step_completed = '{}',
             purged_at = clock_timestamp(), updated_at = clock_timestamp(), version = t.version + 1
        from locked
       where t.id = locked.id
      returning t.id, t.tenant_id, t.user_id, t.version, t.status, t.epoch, true as visible
    ),
    ${announced}
    select id, ${announcement} from changed`)
}

/** Deletes tombstones, and with them their idempotency keys. Before the purge, so that each lasts one pass at least. */
async function forget(execute: Execute, tombstoneMs: number, limit: number): Promise<void> {
  await execute(sql`
    delete from brandkit.tasks where id in (
      select id from brandkit.tasks
       where purged_at <= (select clock_timestamp()) - ${tombstoneMs} * interval '1 ms'
       order by id limit ${limit}
         for update skip locked)`)
}
