import { sql } from 'kysely'
import { idempotencyKeyReused } from '../store-errors.js'
import type { CreateTasksOutcome } from '../task-creation.js'
import type { CreateEntry } from './create-tasks.js'
import { rowsOf, type Execute } from './statement.js'
import { cancelledBy, payloadColumns, taskColumns, toStoredTask, type TaskRow } from './task-row.js'

/**
 * The CTE `keyed`. Keys are inserted first and in one order everywhere, so that two processes cannot deadlock. If several
 * entries share a key, in this statement or in another, one is inserted. The others read its tasks in a later statement, since
 * this statement cannot see rows that were committed after it began.
 */
export function insertKeys(keys: readonly NonNullable<CreateEntry['key']>[], { limited }: { limited: boolean }) {
  return sql`
    keyed as (
      insert into brandkit.idempotency (tenant_id, user_id, key, request_hash, first_task_id, task_ids)
      select tenant_id, user_id, key, request_hash, first_task_id, task_ids
        from json_to_recordset(${rowsOf(keys)}) as x (
          tenant_id text, user_id text, key text, request_hash text, first_task_id text, task_ids json)
       ${limited ? sql`where first_task_id in (select entry from admitted)` : sql``}
       order by tenant_id, user_id, key
      on conflict do nothing
      returning first_task_id
    ),`
}

/**
 * The tasks that an idempotency key has made; null when they were deleted meanwhile, and the create may be tried again.
 *
 * @throws TaskError `idempotency_key_reused` when another request made them.
 */
export async function replayTasks(execute: Execute, { key }: CreateEntry): Promise<CreateTasksOutcome | null> {
  if (!key) return null
  const rows = await execute(sql<TaskRow & { request_hash: string }>`
    select ${taskColumns}, ${payloadColumns}, ${cancelledBy}, i.request_hash
      from brandkit.idempotency i, json_array_elements_text(i.task_ids) with ordinality as made (id, position)
      join brandkit.tasks t on t.id = made.id
     where i.tenant_id = ${key.tenant_id} and i.user_id = ${key.user_id} and i.key = ${key.key}
     order by made.position`)
  const [first] = rows
  if (!first) return null
  if (first.request_hash !== key.request_hash) throw idempotencyKeyReused()
  return { tasks: rows.map(toStoredTask), replayed: true }
}
