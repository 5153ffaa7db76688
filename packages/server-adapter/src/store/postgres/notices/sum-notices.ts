import type { NoticeStats } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { LATEST_DEAD, NEVER_TAKEN } from '../../notice.js'
import { toStorableText } from '../../storable-text.js'
import { momentOf, toIso } from '../read-number.js'

/** Null without notices. */
export type SummedNotices = {
  waiting: number
  dead: number
  latest: [taskId: string, target: string, attempts: number, reason: string | null, diedAt: string][] | null
} | null

/** A query for one value: the notices of a tenant, or of all. */
export function sumNotices(tenantId: string | undefined): RawBuilder<SummedNotices> {
  const own =
    tenantId === undefined
      ? sql`select * from brandkit.notices`
      : sql`select n.* from brandkit.notices n join brandkit.tasks t on t.id = n.task_id where t.tenant_id = ${toStorableText(tenantId)}`
  return sql`
    select case when count(*) > 0 then json_build_object(
             'waiting', count(*) filter (where died_at is null),
             'dead', count(died_at),
             'latest', (
               select json_agg(json_build_array(task_id, target, attempt, reason, ${momentOf(sql`died_at`)}))
                 from (
                   select * from (${own}) as dead where died_at is not null order by died_at desc limit ${LATEST_DEAD}
                 ) as latest)) end
      from (${own}) as own`
}

export function toNoticeStats(summed: SummedNotices): NoticeStats | undefined {
  if (!summed) return undefined
  const { waiting, dead, latest } = summed
  return {
    waiting,
    dead,
    latestDead: (latest ?? []).map(([taskId, target, attempts, reason, diedAt]) => ({
      taskId,
      target,
      attempts,
      reason: reason ?? NEVER_TAKEN,
      diedAt: toIso(diedAt),
    })),
  }
}
