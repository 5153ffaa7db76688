import type { AuditAction } from '@brandkit/core'
import { sql } from 'kysely'
import { type AuditPage, type AuditQuery, type NewAuditEntry, toAuditPosition } from '../audit.js'
import { toStorableText } from '../storable-text.js'
import { momentOf, toIso } from './read-number.js'
import type { Execute } from './statement.js'

interface AuditRow {
  number: string
  at: string
  action: AuditAction
  actor: string
  user_id: string
  task_id: string | null
  count: number | null
}

/** One page, newest first. Reads one extra row, which tells whether another page exists. */
export async function readAudit(execute: Execute, { record, cursor, limit, ...query }: AuditQuery): Promise<AuditPage> {
  if (record) await write(execute, record)
  const { tenantId, by, userId, taskId, act: action } = query
  const wanted = Object.entries({ tenant_id: tenantId, actor: by, user_id: userId, task_id: taskId, action })
  const conditions = [
    sql`true`,
    ...wanted.flatMap(([column, value]) =>
      value === undefined ? [] : [sql`${sql.ref(column)} = ${toStorableText(value)}`],
    ),
    ...(cursor === undefined ? [] : [sql`number < ${toAuditPosition(cursor)}::bigint`]),
  ]
  const rows = await execute(sql<AuditRow>`
    select number::text as number, ${momentOf(sql`at`)} as at, action, actor, user_id, task_id, count
      from brandkit.audit
     where ${sql.join(conditions, sql` and `)}
     order by brandkit.audit.number desc
     limit ${limit + 1}`)

  const page = rows.slice(0, limit)
  return {
    entries: page.map(({ number, at, action: done, actor, user_id, task_id, count }) => ({
      entryId: number,
      at: toIso(at),
      action: done,
      by: actor,
      userId: user_id,
      ...(task_id !== null && { taskId: task_id }),
      ...(count !== null && { count }),
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.number ?? null) : null,
  }
}

async function write(execute: Execute, { tenantId, action, by, userId, taskId, count }: NewAuditEntry): Promise<void> {
  await execute(sql`
    insert into brandkit.audit (tenant_id, action, actor, user_id, task_id, count)
    values (${toStorableText(tenantId)}, ${action}, ${toStorableText(by)}, ${toStorableText(userId)}, ${taskId ?? null}, ${count ?? null})`)
}
