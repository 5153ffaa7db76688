import { TASK_STATUSES, type TaskStatus } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import type { TaskScope } from '../../principal.js'
import { toIsoTime } from '../../iso-time.js'
import { fromCursor, toCursor } from '../list-cursor.js'
import { type ListFilter, mostLooksOf } from '../list-filter.js'
import { toStorableText } from '../storable-text.js'
import { momentOf, toEpochMs } from './read-number.js'
import { visibleTo } from './read-tasks.js'
import type { Execute } from './statement.js'
import { isFoundBy } from './task-words.js'
import { listColumns, toStoredTask, type TaskRow } from './task-row.js'

/** One page, newest first. Reads one extra row, which tells whether another page exists. */
export async function listTasks(execute: Execute, filter: ListFilter, scope: TaskScope) {
  const { limit } = filter
  const mostLooks = mostLooksOf(filter)
  const [candidates, matches] = [allOf(candidatesOf(filter, scope)), allOf(matchesOf(filter))]
  if (mostLooks !== Infinity) return searchTasks(execute, { candidates, matches, limit, mostLooks })
  const rows = await execute(sql<TaskRow>`
    select ${listColumns} from brandkit.tasks t
     where ${candidates} and ${matches}
     order by t.created_at desc, t.id desc
     limit ${limit + 1}`)
  return toPage(rows, limit)
}

interface Search {
  /** The condition for a task to be looked at. */
  candidates: RawBuilder<unknown>
  /** The condition for a task that is looked at to be found. */
  matches: RawBuilder<unknown>
  limit: number
  mostLooks: number
}

/**
 * One page of a search, which looks at a bounded number of tasks. The order of the subquery lets Postgres stop at the last
 * task of the page. Only a page that is not full asks for `edge`, the last task that was looked at: the next page starts
 * after it. One statement reads both, so that no task can slip through between them.
 */
async function searchTasks(execute: Execute, { candidates, matches, limit, mostLooks }: Search) {
  const rows = await execute(sql<(TaskRow | NoRow) & { edge_id: string | null; edge_at: string | null }>`
    with found as materialized (
      select t.id
        from (select * from brandkit.tasks t where ${candidates} order by t.created_at desc, t.id desc limit ${mostLooks}) t
       where ${matches}
       order by t.created_at desc, t.id desc
       limit ${limit + 1}
    ),
    edge as (
      select t.id as edge_id, ${momentOf(sql`t.created_at`)} as edge_at
        from brandkit.tasks t
       where (select count(*) from found) <= ${limit} and ${candidates}
       order by t.created_at desc, t.id desc
      offset ${mostLooks - 1} limit 1
    )
    select ${listColumns}, edge_id, edge_at
      from (values (1)) as one
      left join edge on true
      left join (found join brandkit.tasks t on t.id = found.id) on true
     order by t.created_at desc, t.id desc`)

  const tasks = rows.flatMap((row) => (row.id === null ? [] : row))
  const page = toPage(tasks, limit)
  const { edge_id: taskId, edge_at: at } = rows[0] ?? { edge_id: null, edge_at: null }
  if (taskId === null || at === null) return page
  return { ...page, nextCursor: toCursor({ createdAt: toEpochMs(at), taskId }) }
}

/** What a left join gives when it finds nothing. */
interface NoRow {
  id: null
}

function toPage(rows: readonly TaskRow[], limit: number) {
  const tasks = rows.slice(0, limit).map(toStoredTask)
  const last = tasks.at(-1)
  const nextCursor =
    last && rows.length > limit ? toCursor({ createdAt: Date.parse(last.createdAt), taskId: last.taskId }) : null
  return { tasks, nextCursor }
}

/** The conditions that a search asks before it looks at a task: an index answers most of them. */
function candidatesOf({ userId, batchId, createdAfter, createdBefore, cursor }: ListFilter, scope: TaskScope) {
  const after = cursor === undefined ? null : fromCursor(cursor)
  return [
    visibleTo(scope),
    ...(userId === undefined ? [] : [sql`t.user_id = ${toStorableText(userId)}`]),
    ...(batchId === undefined ? [] : [sql`t.batch_id = ${toStorableText(batchId)}`]),
    ...(createdAfter === undefined ? [] : [sql`t.created_at > ${toIsoTime(Date.parse(createdAfter))}::timestamptz`]),
    ...(createdBefore === undefined ? [] : [sql`t.created_at < ${toIsoTime(Date.parse(createdBefore))}::timestamptz`]),
    ...(after
      ? [
          sql`(t.created_at, t.id) < (to_timestamp(${after.createdAt}::double precision / 1000), ${toStorableText(after.taskId)})`,
        ]
      : []),
  ]
}

function matchesOf({ brandId, type, status, endedAfter, tags = [], search }: ListFilter) {
  return [
    sql`t.purged_at is null`,
    ...(brandId === undefined ? [] : [sql`t.brand_id = ${toStorableText(brandId)}`]),
    ...(type === undefined ? [] : [sql`t.type = ${toStorableText(type)}`]),
    ...(status === undefined ? [] : [isIn(status)]),
    ...(endedAfter === undefined ? [] : [sql`t.completed_at > ${endedAfter}::timestamptz`]),
    ...(tags.length === 0 ? [] : [sql`t.tags @> ${JSON.stringify(tags.map(toStorableText))}::jsonb`]),
    ...(search === undefined ? [] : [isFoundBy(search)]),
  ]
}

/** Literals, because Postgres chooses a partial index only if the statement itself names the statuses. */
function isIn(statuses: readonly TaskStatus[]): RawBuilder<unknown> {
  const known = TASK_STATUSES.filter((status) => statuses.includes(status))
  return known.length === 0 ? sql`false` : sql`t.status in (${sql.join(known.map((status) => sql.lit(status)))})`
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `)
}
