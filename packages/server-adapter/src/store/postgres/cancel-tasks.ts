import { sql } from 'kysely'
import type { TaskScope } from '../../principal.js'
import type { EndNotices } from '../notice.js'
import { toStorableOwner, toStorableText } from '../storable-text.js'
import type { StoredTask } from '../task-store.js'
import { audited } from './audited.js'
import { tellingEach, toNoticeRows } from './notices/tell-ends.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { rowsOf, type Execute } from './statement.js'
import { cancelledBy, payloadColumns, taskColumns, toStoredTask, type TaskRow } from './task-row.js'

export interface CancelEntry {
  taskId: string
  scope: TaskScope
  notices?: EndNotices | undefined
  by?: string | undefined
}

/**
 * Cancels different tasks in one statement; `null` for a task that the scope lacks or that has ended.
 *
 * @param reason for their owners. Default: none.
 */
export async function cancelTasks(
  execute: Execute,
  entries: readonly CancelEntry[],
  own: ChangingProcess,
  { reason }: { reason?: string } = {},
): Promise<(StoredTask | null)[]> {
  const values = entries.map(({ taskId, scope, by }) => ({
    id: toStorableText(taskId),
    ...toScopeColumns(scope),
    actor: by === undefined ? null : toStorableText(by),
  }))
  const notices = entries.flatMap(({ taskId, notices: wanted }) =>
    toNoticeRows(toStorableText(taskId), wanted, ['cancelled']),
  )
  const rows = await execute(sql<TaskRow & ChangedRow>`
    with input as materialized (
      select * from json_to_recordset(${rowsOf(values)}) as x (
        id text, tenant_id text, reach text, user_id text, every_brand boolean, brand_ids json, actor text)
    ),
    locked as materialized (
      select t.id, x.actor
        from brandkit.tasks t
        join input x on x.id = t.id and x.tenant_id = t.tenant_id
       where t.id = any(array(select id from input))
         and (x.reach = 'tenant' or (
           (x.reach = 'brand' or x.reach = 'own' and x.user_id = t.user_id)
           and (x.every_brand or t.brand_id in (select json_array_elements_text(x.brand_ids)))))
         and t.status in ('queued', 'processing')
       order by t.id
         for update of t
    ),
    changed as (
      update brandkit.tasks t
         set status = 'cancelled', epoch = t.epoch + 1, version = t.version + 1, updated_at = clock_timestamp(),
             completed_at = clock_timestamp(), lease_expires_at = null, current_step = null,
             cancelled_by = locked.actor
             ${reason === undefined ? sql`` : sql`, last_error = ${reason}`}
        from locked
       where t.id = locked.id and t.status in ('queued', 'processing')
      returning ${taskColumns}, ${payloadColumns}, ${cancelledBy}, true as visible
    )${tellingEach(notices)}${audited('cancel', sql`cancelled_by`)},
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, rows)

  const byId = new Map(rows.map((row) => [row.id, toStoredTask(row)]))
  return entries.map(({ taskId }) => byId.get(taskId) ?? null)
}

/** The conditions of `visibleTo` as columns, since each task here has its own scope. A null matches nothing. */
function toScopeColumns(scope: TaskScope) {
  const { reach } = scope
  const tenant = { reach, tenant_id: toStorableOwner(scope.tenantId) }
  if (scope.reach !== 'own' && scope.reach !== 'brand') return tenant
  const { brandIds } = scope
  return {
    ...tenant,
    user_id: scope.reach === 'own' ? toStorableOwner(scope.userId) : null,
    every_brand: brandIds === '*',
    brand_ids: Array.isArray(brandIds) ? brandIds.map(toStorableText) : [],
  }
}
