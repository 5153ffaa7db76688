import { type RawBuilder, sql } from 'kysely'
import type { TaskOwner } from '../../principal.js'
import { toStorableOwner } from '../storable-text.js'
import type { TaskChange } from '../task-watcher.js'
import { among } from './read-tasks.js'
import { rowsOf, type Execute } from './statement.js'

export interface Followed {
  taskIds: readonly string[]
  owners: readonly TaskOwner[]
  /** Ended tasks of an owner are included if they ended within this time, in milliseconds. Active tasks always are. */
  endedWithinMs: number
}

/**
 * The state of the followed tasks, in one statement, for processes that cannot listen. Only the server reads it, so it needs
 * no scope. Users and whole tenants are separate parts, so that each part uses an index.
 */
export async function readChanges(
  execute: Execute,
  { taskIds, owners, endedWithinMs }: Followed,
): Promise<TaskChange[]> {
  const users = owners.flatMap((owner) =>
    owner.reach === 'own' ? [{ tenant: toStorableOwner(owner.tenantId), person: toStorableOwner(owner.userId) }] : [],
  )
  const tenants = owners.flatMap((owner) =>
    owner.reach === 'tenant' ? [{ tenant: toStorableOwner(owner.tenantId) }] : [],
  )
  const lately = [
    sql`t.status in ('queued', 'processing')`,
    sql`t.completed_at > clock_timestamp() - ${endedWithinMs} * interval '1 ms' and t.purged_at is null`,
  ]
  const parts = [
    ...(taskIds.length > 0 ? [changes(sql``, among(taskIds))] : []),
    ...(users.length > 0
      ? lately.map((condition) =>
          changes(
            sql`join json_to_recordset(${rowsOf(users)}) as o (tenant text, person text)
                  on t.tenant_id = o.tenant and t.user_id = o.person`,
            condition,
          ),
        )
      : []),
    ...(tenants.length > 0
      ? lately.map((condition) =>
          changes(
            sql`join json_to_recordset(${rowsOf(tenants)}) as o (tenant text) on t.tenant_id = o.tenant`,
            condition,
          ),
        )
      : []),
  ]
  if (parts.length === 0) return []
  return execute(sql<TaskChange>`${sql.join(parts, sql` union `)}`)
}

function changes(joined: RawBuilder<unknown>, condition: RawBuilder<unknown>) {
  return sql`
    select t.id as "taskId", t.tenant_id as "tenantId", t.user_id as "userId", t.version, t.status, t.epoch
      from brandkit.tasks t ${joined} where ${condition}`
}
