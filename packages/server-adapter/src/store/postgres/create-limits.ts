import { type RawBuilder, sql } from 'kysely'
import type { CreateEntry } from './create-tasks.js'
import { toInteger } from './read-number.js'
import type { Execute } from './statement.js'

/** The CTE `admitted`: the entries that pass no limit. Earlier entries of the same statement count as if they were inserted. */
export function admittedByLimits() {
  return sql`
    sized as materialized (
      select entry, tenant_id, user_id, active_limit, queued_limit, count(*) as size
        from input group by entry, tenant_id, user_id, active_limit, queued_limit
    ),
    admitted as materialized (
      select entry from (
        select s.*, sum(size) over (partition by tenant_id, user_id order by entry) as own, sum(size) over (order by entry) as everybody
          from sized s
      ) s
       where (active_limit is null or own + (
               select count(*) from brandkit.tasks t
                where t.tenant_id = s.tenant_id and t.user_id = s.user_id and t.status in ('queued', 'processing')) <= active_limit)
         -- Counting stops at the limit, so that its cost does not grow with the backlog.
         and (queued_limit is null or everybody + (
               select count(*) from (select from brandkit.tasks where status = 'queued' limit s.queued_limit::bigint) as queued) <= queued_limit)
    ),`
}

/**
 * Why an entry inserted nothing although its key is free.
 *
 * @returns the limit that the entry alone would pass; null when it would pass none now
 */
export async function findLimit(execute: Execute, { rows, limits }: CreateEntry): Promise<'active' | 'queued' | null> {
  const [first] = rows
  if (!limits || !first) return null
  const { activePerUser, queued } = limits
  // Counting stops at the limit here, too, because refusals come in floods.
  const [count] = await execute(sql<{ own: string; queued: string }>`
    select ${countUpTo(activePerUser, sql`tenant_id = ${first.tenant_id} and user_id = ${first.user_id} and status in ('queued', 'processing')`)} as own,
           ${countUpTo(queued, sql`status = 'queued'`)} as queued`)
  if (!count) return null
  if (activePerUser !== undefined && toInteger(count.own) + rows.length > activePerUser) return 'active'
  return queued !== undefined && toInteger(count.queued) + rows.length > queued ? 'queued' : null
}

function countUpTo(most: number | undefined, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) from (select from brandkit.tasks where ${condition} limit ${most ?? 0}::bigint) as counted)::text`
}
