import { sql } from 'kysely'
import { FIRST_ALARM_MS, LAST_ALARM_MS } from '../../alarm.js'
import { type DueRow, rankOf } from '../due-task.js'
import type { Execute } from '../statement.js'

/**
 * Rings the alarms that are due, oldest first, and sets the next ones. Alarms are invisible to clients, so no notification
 * is sent. No alarm rings while the queue holds a message for every due task; counting stops at that number. Tasks that are
 * overtaken still ring, until their weight exceeds the greatest rank: few rings, so messages stay bounded.
 */
export async function ringAlarms(
  execute: Execute,
  waitingMessages: number | undefined,
  limit: number,
): Promise<DueRow[]> {
  const held = waitingMessages ?? -1
  return execute(sql<DueRow>`
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
