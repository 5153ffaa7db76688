import { isTerminal, type TaskStatus, type Throughput, THROUGHPUT_SPANS } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import { emptyThroughput, type ThroughputQuery } from '../store-outlook.js'
import { momentOf, toEpochMs, toInteger } from './read-number.js'
import type { Execute } from './statement.js'

/**
 * The tasks that ended, by bucket. An index answers without a look at the table, and only for the span: tasks under way and
 * older ones cost nothing. Purged tasks are in another index, so they are a part of their own; a task that ended in the span was
 * purged in it or later.
 */
export async function readThroughput(execute: Execute, { span, tenantId }: ThroughputQuery): Promise<Throughput> {
  const { bucketMs, buckets } = THROUGHPUT_SPANS[span]
  const stride = sql`${bucketMs}::double precision * interval '1 ms'`
  const bucketOf = (moment: RawBuilder<unknown>) => sql`date_bin(${stride}, ${moment}, 'epoch'::timestamptz)`
  const from = sql`(select last - ${buckets - 1}::double precision * ${stride} from edge)`
  const rows = await execute(sql<{ last: string; bucket: string | null; status: TaskStatus; tasks: string }>`
    with edge as materialized (select ${bucketOf(sql`clock_timestamp()`)} as last)
    select ${momentOf(sql`edge.last`)} as last, ${momentOf(sql`ended.bucket`)} as bucket, ended.status, ended.tasks::text
      from edge
      left join (
        select ${bucketOf(sql`completed_at`)} as bucket, status, count(*) as tasks
          from (
            select completed_at, status, tenant_id from brandkit.tasks where completed_at >= ${from} and purged_at is null
            union all
            select completed_at, status, tenant_id from brandkit.tasks where completed_at >= ${from} and purged_at >= ${from}
          ) as ends
         where ${tenantId === undefined ? sql`true` : sql`tenant_id = ${toStorableText(tenantId)}`}
         group by 1, 2
      ) as ended on true`)
  const throughput = emptyThroughput(span, toEpochMs(rows[0]?.last))
  const start = Date.parse(throughput.from)
  for (const { bucket, status, tasks } of rows) {
    if (bucket === null || !isTerminal(status)) continue
    const at = (toEpochMs(bucket) - start) / bucketMs
    // A task may have ended in a bucket that began after this statement.
    if (at < buckets) throughput[status][at] = toInteger(tasks)
  }
  return throughput
}
