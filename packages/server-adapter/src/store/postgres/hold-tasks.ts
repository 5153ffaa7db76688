import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import type { ClaimInput } from '../task-claim.js'
import { rowsOf, type Execute } from './statement.js'

/** An arbitrary lock number: "held" in ASCII. The second key of the lock is the owner or the type. */
const LOCK = 0x68_65_6c_64

/**
 * For a transaction that claims within limits: waits for every other transaction that claims for the same owners or types,
 * so that each counts the tasks that the others took. Locks are taken in one order everywhere, so that two transactions
 * cannot deadlock.
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
 * The CTEs `admitted` (the locked tasks that may run now) and `holding` (marks the tasks that a limit holds back). The count
 * includes earlier tasks of the same statement. `releaseThese` releases tasks that are held wrongly.
 */
export function admittedByLimits(): RawBuilder<unknown> {
  return sql`
    ranked as materialized (
      select l.id, l.type, l.tenant_id, l.user_id, l.per_user, (l.per_type ->> l.type)::double precision as per_type,
             row_number() over (partition by l.tenant_id, l.user_id order by l.id) as own_rank,
             row_number() over (partition by l.type order by l.id) as type_rank
        from locked l
       where l.status = l.expected and l.run_at <= clock_timestamp()
         and l.type_version <= (l.known_types ->> l.type)::integer
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

/** The number of running tasks of the same owner, or of the same type. */
export function runningOf(row: RawBuilder<unknown>, kin: 'owner' | 'type'): RawBuilder<unknown> {
  const alike =
    kin === 'owner'
      ? sql`running.tenant_id = ${row}.tenant_id and running.user_id = ${row}.user_id`
      : sql`running.type = ${row}.type`
  return sql`(select count(*) from brandkit.tasks running where running.status = 'processing' and ${alike})`
}
