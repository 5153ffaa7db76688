import { type RawBuilder, sql } from 'kysely'
import type { AuditAction } from '@brandkit/core'

/**
 * The CTE `audited`, for rows of the CTE `changed`: the entries of the audit are written by the statement that acts, so that
 * both are there or neither. The text begins with a comma.
 *
 * @param actor who acts; rows for which it is null get no entry
 */
export function audited(action: AuditAction, actor: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`,
    audited as (
      insert into brandkit.audit (tenant_id, action, actor, user_id, task_id)
      select tenant_id, ${action}, ${actor}, user_id, id from changed where ${actor} is not null
    )`
}

/** As `audited`, for those of the created tasks that repeat another. */
export const auditedRetries: RawBuilder<unknown> = sql`,
    audited as (
      insert into brandkit.audit (tenant_id, action, actor, user_id, task_id)
      select c.tenant_id, 'retry', i.created_by, c.user_id, c.id
        from changed c join input i on i.id = c.id and i.retry_of is not null
    )`
