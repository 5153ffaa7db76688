import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import type { ClaimLimits } from '../store-limits.js'
import type { ClaimInput, DueTask } from '../task-store.js'
import { type DueRow, rankOf, toDueTask } from './due-task.js'
import { rowsOf, type Execute } from './statement.js'

/** Any number that nobody else uses: "held" in ASCII. The second key of the lock is whom or what it concerns. */
const LOCK = 0x68_65_6c_64

/**
 * For a transaction that claims within limits: waits for every other that claims for the same owners or types, so that
 * none counts without seeing what the others took. In one order everywhere, so that two cannot wait for each other.
 */
export async function lockLimits(execute: Execute, inputs: readonly ClaimInput[]): Promise<void> {
  await execute(sql`
    select pg_advisory_xact_lock(${sql.lit(LOCK)}, concern)
      from (
        select hashtext(unnest(array[json_build_array(tenant_id, user_id)::text, type])) as concern
          from brandkit.tasks
         where id in (select json_array_elements_text(${rowsOf(inputs.map(({ taskId }) => toStorableText(taskId)))}))
         group by 1 order by 1
      ) as concerns`)
}

/**
 * The CTEs `admitted` (the locked tasks that may run now) and `holding` (marks those that a limit holds back). Counts
 * what the same statement admits before; one that this keeps back wrongly is released by `releaseThese`.
 */
export function admittedByLimits(): RawBuilder<unknown> {
  return sql`
    ranked as materialized (
      select l.*, x.per_user, (x.per_type ->> l.type)::double precision as per_type,
             row_number() over (partition by l.tenant_id, l.user_id order by l.id) as own_rank,
             row_number() over (partition by l.type order by l.id) as type_rank
        from locked l
        join input x on x.id = l.id
       where l.status = l.expected and l.run_at <= clock_timestamp()
         and l.type_version <= (x.known_types ->> l.type)::integer
    ),
    admitted as materialized (
      select id from ranked l
       where (per_user is null or own_rank + ${runningOf(sql`l`, 'owner')} <= per_user)
         and (per_type is null or type_rank + ${runningOf(sql`l`, 'type')} <= per_type)
    ),
    holding as (
      update brandkit.tasks t set held = true from ranked l where t.id = l.id and l.id not in (select id from admitted)
    ),`
}

/** The ids among those just held that may run after all: a sibling ended before others could see that they are held. */
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

/** One has ended, so one follows: the owner's most urgent held task that may run now, and the type's. */
export async function releaseHeld(
  execute: Execute,
  { tenantId, userId, type }: { tenantId: string; userId: string; type: string },
  limits: ClaimLimits,
): Promise<DueTask[]> {
  // Two that end at once release two: the second passes over what the first has locked or released.
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

/** What nobody has released, because the process died that should have. */
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

function runningOf(row: RawBuilder<unknown>, kin: 'owner' | 'type'): RawBuilder<unknown> {
  const alike =
    kin === 'owner'
      ? sql`running.tenant_id = ${row}.tenant_id and running.user_id = ${row}.user_id`
      : sql`running.type = ${row}.type`
  return sql`(select count(*) from brandkit.tasks running where running.status = 'processing' and ${alike})`
}
