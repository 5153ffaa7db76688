import { sql } from 'kysely'
import { FIRST_ALARM_MS, LAST_ALARM_MS } from '../../alarm.js'
import { type DueRow, rankOf } from '../due-task.js'
import type { Execute } from '../statement.js'

/** Tasks that overtake have come lately, so the greatest rank is looked for among the latest due tasks only. */
const LATEST = 1_000
/**
 * How many due alarms are looked at for overtaken tasks, oldest first. Those among them that may not ring have the greatest
 * rank or weight, so they are delivered before any overtaken task, and each look comes further.
 */
const OLDEST = 10_000

/**
 * Rings the alarms that are due, oldest first, and sets the next ones. Alarms are invisible to clients, so no notification
 * is sent. No alarm rings while the queue holds a message for every due task; counting stops at that number. Tasks that are
 * overtaken still ring, until their weight exceeds the greatest rank: few rings, so messages stay bounded. Amid a million
 * due tasks, looking at each one for its rank cost two to three seconds of a core in every pass.
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
      select max(${rankOf(sql`priority`)}) as rank from (
        select priority from brandkit.tasks
         where status = 'queued' and run_at <= (select clock_timestamp()) and not (select lacks_messages from queue)
         order by run_at desc limit ${LATEST}
      ) as latest
    ),
    oldest as materialized (
      select id, ${rankOf(sql`priority`)} as rank, rings from brandkit.tasks
       where status = 'queued' and redeliver_at <= (select clock_timestamp())
       order by redeliver_at limit (select case when lacks_messages then ${limit}::bigint else ${OLDEST} end from queue)
    ),
    locked as materialized (
      select id, redeliver_at from brandkit.tasks
       where status = 'queued' and redeliver_at <= (select clock_timestamp())
         and id in (select id from oldest
                     where (select lacks_messages from queue)
                        or (rank < (select rank from greatest) and rank + rings <= (select rank from greatest)))
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
