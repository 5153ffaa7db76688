import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import type { ClaimLimits } from '../store-limits.js'
import type { DueTask } from '../maintain-pass.js'
import { type DueRow, rankOf, toDueTask } from './due-task.js'
import { runningOf } from './hold-tasks.js'
import { type Execute, rowsOf } from './statement.js'

/** The ids among tasks held just now that may run after all: another task ended before they were visibly held. */
export async function releaseThese(
  execute: Execute,
  taskIds: readonly string[],
  limits: ClaimLimits,
): Promise<Set<string>> {
  const rows = await execute(sql<{ id: string }>`
    update brandkit.tasks t set held = false
     where t.id in (select json_array_elements_text(${rowsOf(taskIds.map(toStorableText))}))
       and t.held and t.status = 'queued' and ${hasRoom(limits)}
    returning t.id`)
  return new Set(rows.map(({ id }) => id))
}

/** After a task has ended, releases the most urgent held task of the same owner and of the same type that may run now. */
export async function releaseHeld(
  execute: Execute,
  { tenantId, userId, type }: { tenantId: string; userId: string; type: string },
  limits: ClaimLimits,
): Promise<DueTask[]> {
  // If two tasks end at once, two are released: the second statement skips rows that the first has locked or released.
  const next = (kin: RawBuilder<unknown>) => sql`
    select t.id from brandkit.tasks t
     where t.held and t.status = 'queued' and ${kin} and ${hasRoom(limits)}
     order by ${rankOf(sql`t.priority`)} + t.rings desc, t.run_at
     limit 1 for update skip locked`
  const rows = await execute(sql<DueRow>`
    with own as materialized (${next(sql`t.tenant_id = ${toStorableText(tenantId)} and t.user_id = ${toStorableText(userId)}`)}),
    alike as materialized (${next(sql`t.type = ${toStorableText(type)}`)})
    update brandkit.tasks t set held = false
     where t.id in (select id from own union select id from alike)
    returning t.id, t.priority, t.rings`)
  return rows.map(toDueTask)
}

/** Releases held tasks whose releasing process died. */
export async function releaseForgotten(execute: Execute, limits: ClaimLimits, limit: number): Promise<DueTask[]> {
  const rows = await execute(sql<DueRow>`
    with locked as materialized (
      select t.id from brandkit.tasks t
       where t.held and t.status = 'queued' and ${hasRoom(limits)}
       order by t.run_at limit ${limit} for update skip locked
    )
    update brandkit.tasks t set held = false where t.id in (select id from locked) returning t.id, t.priority, t.rings`)
  return rows.map(toDueTask)
}

/** Whether one more task like `t` may run. */
function hasRoom({ perUser, perType }: ClaimLimits): RawBuilder<unknown> {
  const owner = perUser === undefined ? sql`true` : sql`${runningOf(sql`t`, 'owner')} < ${perUser}::double precision`
  if (!perType) return owner
  const most = sql`coalesce((${JSON.stringify(perType)}::json ->> t.type)::double precision, 'infinity')`
  return sql`${owner} and ${runningOf(sql`t`, 'type')} < ${most}`
}
