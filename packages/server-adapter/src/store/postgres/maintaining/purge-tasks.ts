import { type RawBuilder, sql } from 'kysely'
import type { TaskScope } from '../../../principal.js'
import { toStorableText } from '../../storable-text.js'
import type { StoredTask } from '../../task-store.js'
import { audited } from '../audited.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from '../notify.js'
import { findTasks } from '../find-tasks.js'
import { visibleTo } from '../read-tasks.js'
import type { Execute } from '../statement.js'

/** Empties tasks that ended more than `endedMs` ago. */
export async function purgeEnded(
  execute: Execute,
  { endedMs, limit }: { endedMs: number; limit: number },
  own: ChangingProcess,
): Promise<{ id: string }[]> {
  return empty(
    execute,
    own,
    sql`
      select id from brandkit.tasks
       where completed_at <= (select clock_timestamp()) - ${endedMs} * interval '1 ms' and purged_at is null
       order by id limit ${limit}
         for update skip locked`,
  )
}

/** Empties one ended task of the scope now. A repeated call gives the same answer. */
export async function deleteTask(
  execute: Execute,
  { taskId, scope, by }: { taskId: string; scope: TaskScope; by?: string | undefined },
  own: ChangingProcess,
): Promise<StoredTask | null> {
  await empty(
    execute,
    own,
    sql`
      select t.id from brandkit.tasks t
       where t.id = ${toStorableText(taskId)} and ${visibleTo(scope)} and t.completed_at is not null and t.purged_at is null
         for update`,
    by === undefined ? sql`` : audited('delete', sql`${toStorableText(by)}::text`),
  )
  const [task] = await findTasks(execute, [taskId], scope)
  return task?.purgedAt === undefined ? null : task
}

async function empty(
  execute: Execute,
  own: ChangingProcess,
  ended: RawBuilder<unknown>,
  auditing: RawBuilder<unknown> = sql``,
): Promise<{ id: string }[]> {
  const rows = await execute(sql<ChangedRow>`
    with locked as materialized (${ended}),
    emptied as (delete from brandkit.task_steps where task_id in (select id from locked)),
    untold as (delete from brandkit.task_texts where task_id in (select id from locked)),
    changed as (
      update brandkit.tasks t
         set payload = null, result = null, partial_result = null, plan = '[]', step_started = '{}', step_completed = '{}',
             purged_at = clock_timestamp(), updated_at = clock_timestamp(), version = t.version + 1
        from locked
       where t.id = locked.id
      returning t.id, t.tenant_id, t.user_id, t.version, t.status, t.epoch, true as visible
    )${auditing},
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, rows)
  return rows
}

/** Deletes tombstones and their idempotency keys. Runs before the purge, so that each tombstone lasts at least one pass. */
export async function forgetTombstones(execute: Execute, tombstoneMs: number, limit: number): Promise<void> {
  await execute(sql`
    delete from brandkit.tasks where id in (
      select id from brandkit.tasks
       where purged_at <= (select clock_timestamp()) - ${tombstoneMs} * interval '1 ms'
       order by id limit ${limit}
         for update skip locked)`)
}
