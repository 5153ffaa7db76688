import { type RawBuilder, sql } from 'kysely'
import type { BrandScope, OwnScope, TaskScope } from '../../principal.js'
import { fromCursor, toCursor } from '../list-cursor.js'
import { toStorableOwner, toStorableText } from '../storable-text.js'
import type { ListFilter } from '../task-store.js'
import { rowsOf, type Execute } from './statement.js'
import { listColumns, toStoredTask, type TaskRow } from './task-row.js'

/** One page, newest first. Reads one extra row, which tells whether another page exists. */
export async function listTasks(execute: Execute, filter: ListFilter, scope: TaskScope) {
  const { brandId, type, status, batchId, endedAfter, cursor, limit } = filter
  const after = cursor === undefined ? null : fromCursor(cursor)
  const conditions = [
    visibleTo(scope),
    sql`t.purged_at is null`,
    ...(brandId === undefined ? [] : [sql`t.brand_id = ${toStorableText(brandId)}`]),
    ...(type === undefined ? [] : [sql`t.type = ${toStorableText(type)}`]),
    ...(status === undefined ? [] : [sql`t.status in (select json_array_elements_text(${rowsOf(status)}))`]),
    ...(batchId === undefined ? [] : [sql`t.batch_id = ${toStorableText(batchId)}`]),
    ...(endedAfter === undefined ? [] : [sql`t.completed_at > ${endedAfter}::timestamptz`]),
    ...(after
      ? [
          sql`(t.created_at, t.id) < (to_timestamp(${after.createdAt}::double precision / 1000), ${toStorableText(after.taskId)})`,
        ]
      : []),
  ]
  const rows = await execute(sql<TaskRow>`
    select ${listColumns} from brandkit.tasks t
     where ${sql.join(conditions, sql` and `)}
     order by t.created_at desc, t.id desc
     limit ${limit + 1}`)

  const tasks = rows.slice(0, limit).map(toStoredTask)
  const last = tasks.at(-1)
  const nextCursor =
    last && rows.length > limit ? toCursor({ createdAt: Date.parse(last.createdAt), taskId: last.taskId }) : null
  return { tasks, nextCursor }
}

export function among(taskIds: readonly string[]) {
  return sql`t.id = any(array(select json_array_elements_text(${rowsOf(taskIds.map(toStorableText))})))`
}

/** Unknown reaches and missing values in a scope match nothing. */
export function visibleTo(scope: TaskScope): RawBuilder<unknown> {
  const ofTenant = sql`t.tenant_id = ${toStorableOwner(scope.tenantId)}`
  if (scope.reach === 'tenant') return ofTenant
  if (scope.reach === 'own')
    return sql`${ofTenant} and t.user_id = ${toStorableOwner(scope.userId)} and ${isOfBrands(scope)}`
  if (scope.reach === 'brand') return sql`${ofTenant} and ${isOfBrands(scope)}`
  return sql`false`
}

function isOfBrands({ brandIds }: OwnScope | BrandScope) {
  if (brandIds === '*') return sql`true`
  const named = Array.isArray(brandIds) ? brandIds.map(toStorableText) : []
  return sql`t.brand_id in (select json_array_elements_text(${rowsOf(named)}))`
}
