import type { TaskStatus } from '@brandkit/core'
import { sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import {
  LATEST_DURATIONS,
  type OutlookInput,
  type StoreOutlook,
  type StoreStats,
  THROUGHPUT_MINUTES,
} from '../store-outlook.js'
import { sumNotices, type SummedNotices, toNoticeStats } from './notices/sum-notices.js'
import { rankOf } from './due-task.js'
import { countWorkers } from './maintaining/sign-worker.js'
import { toInteger } from './read-number.js'
import { rowsOf, type Execute } from './statement.js'

/** One tenant's tasks are searched among this many completed tasks of a type, which saves an index. */
const WINDOW = 2_000

export async function readStats(execute: Execute, tenantId: string | undefined): Promise<StoreStats> {
  const stats: StoreStats = {
    queued: 0,
    due: 0,
    processing: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
    endedPerMinute: 0,
  }
  const [rows, workers] = await Promise.all([countTasks(execute, tenantId), countWorkers(execute)])
  const notices = rows[0] && toNoticeStats(rows[0].notices)
  if (notices) stats.notices = notices
  for (const { status, tasks, due, ended } of rows) {
    stats[status] = toInteger(tasks)
    stats.due += toInteger(due)
    stats.endedPerMinute += toInteger(ended) / THROUGHPUT_MINUTES
  }
  return { ...stats, ...workers }
}

function countTasks(execute: Execute, tenantId: string | undefined) {
  return execute(sql<{
    status: TaskStatus
    tasks: string
    due: string
    ended: string
    notices: SummedNotices
  }>`
    select counted.status, counted.tasks::text, counted.due::text, counted.ended::text, (${sumNotices(tenantId)}) as notices
      from (
        -- Each half is answered by an index of its own: all tasks that have ended are many, and their rows are wide.
        select status, count(*) as tasks, 0 as due,
               count(*) filter (where completed_at > clock_timestamp() - ${THROUGHPUT_MINUTES} * interval '1 minute') as ended
          from brandkit.tasks
         where ${isOf(tenantId)} and completed_at is not null
         group by status
        union all
        select status, count(*), count(*) filter (where status = 'queued' and run_at <= clock_timestamp()), 0
          from brandkit.tasks
         where ${isOf(tenantId)} and status in ('queued', 'processing')
         group by status
      ) as counted`)
}

export async function readOutlook(execute: Execute, { types, tenantId, limit }: OutlookInput): Promise<StoreOutlook> {
  const [outlook] = await execute(sql<{
    waiting: [taskId: string, type: string][]
    processing: string
    durations: Record<string, number[]>
  }>`
    select (
             select coalesce(json_agg(json_build_array(id, type)), '[]')
               from (
                 select id, type from brandkit.tasks
                  where status = 'queued' and run_at <= (select clock_timestamp()) and ${isOf(tenantId)}
                  order by held, ${rankOf(sql`priority`)} + rings desc, run_at, id
                  limit ${limit}
               ) as next
           ) as waiting,
           (
             select count(*)::text from brandkit.tasks where status = 'processing' and ${isOf(tenantId)}
           ) as processing,
           (
             select coalesce(json_object_agg(wanted.type, latest.durations), '{}')
               from json_array_elements_text(${rowsOf(types.map(toStorableText))}) as wanted (type)
              cross join lateral (
                select json_agg(greatest(0, round(extract(epoch from completed_at - started_at) * 1000))) as durations
                  from (
                    select started_at, completed_at
                      from (
                        select tenant_id, started_at, completed_at from brandkit.tasks t
                         where t.status = 'completed' and t.type = wanted.type
                         order by completed_at desc
                         limit ${tenantId === undefined ? LATEST_DURATIONS : WINDOW}
                      ) as completed
                     where ${isOf(tenantId)}
                     order by completed_at desc
                     limit ${LATEST_DURATIONS}
                  ) as latest
              ) as latest
              where latest.durations is not null
           ) as durations`)
  const { waiting = [], processing = '0', durations = {} } = outlook ?? {}
  return { waiting: waiting.map(([taskId, type]) => ({ taskId, type })), processing: toInteger(processing), durations }
}

function isOf(tenantId: string | undefined) {
  return tenantId === undefined ? sql`true` : sql`tenant_id = ${toStorableText(tenantId)}`
}
