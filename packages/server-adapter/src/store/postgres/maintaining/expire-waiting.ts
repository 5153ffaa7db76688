import { sql } from 'kysely'
import type { MaintainInput } from '../../maintain-pass.js'
import { DEADLINE_EXCEEDED, TASK_EXPIRED } from '../../store-errors.js'
import { tellingAll } from '../notices/tell-ends.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from '../notify.js'
import type { Execute } from '../statement.js'

/** Fails queued tasks that are past their time to live or their deadline. */
export async function expireWaiting(
  execute: Execute,
  { limit, notices }: Pick<MaintainInput, 'limit' | 'notices'>,
  own: ChangingProcess,
): Promise<{ id: string }[]> {
  const rows = await execute(sql<ChangedRow>`
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
    )${tellingAll(notices)},
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, rows)
  return rows
}
