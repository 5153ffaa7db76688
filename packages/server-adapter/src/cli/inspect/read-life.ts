import type { AuditEntry } from '@brandkit/core'
import { sql } from 'kysely'
import { readAudit } from '../../store/postgres/read-audit.js'
import { momentOf, toIso } from '../../store/postgres/read-number.js'
import { type Database, executeOn } from '../../store/postgres/statement.js'
import { cancelledBy, smallColumns, type TaskRow, toStoredTask } from '../../store/postgres/task-row.js'
import { readUsage } from '../../store/postgres/usage/read-usage.js'
import { toStorableText } from '../../store/storable-text.js'
import type { UsageSum } from '../../store/store-usage.js'
import type { StoredTask } from '../../store/task-store.js'

/** Most rows that are read of each kind. */
const MOST = 1_000

/** Everything that the database has of a task, except what users and generators have written into it. */
export interface TaskLife {
  task: StoredTask
  /** In bytes, as JSON text; null for a value that is not there. */
  sizes: { payload: number | null; result: number | null; partialResult: number | null; text: number | null }
  /** ISO 8601. The times that only some tasks have. */
  times: {
    attemptStartedAt?: string
    leaseExpiresAt?: string
    redeliverAt?: string
    expiresAt?: string
    deadlineAt?: string
  }
  /** The stored outputs of steps, and of items of steps. */
  checkpoints: { step: string; bytes: number }[]
  /** One entry for each attempt and currency. */
  usage: UsageSum[]
  /** Newest first. */
  audit: AuditEntry[]
  /** The tasks that repeat this one. */
  retries: { taskId: string; at: string; by: string; status: string }[]
  /** Those that have not been told of its end yet. */
  notices: { target: string; attempt: number; dueAt: string; diedAt: string | null; reason: string | null }[]
}

interface SizedRow extends TaskRow {
  payload_bytes: number | null
  result_bytes: number | null
  partial_bytes: number | null
  text_length: number | null
  lease_expires_at: string | null
  redeliver_at: string
  expires_at: string
  deadline_at: string | null
}

/** @returns null when the database has no such task */
export async function readLife(database: Database, taskId: string): Promise<TaskLife | null> {
  const execute = executeOn(database)
  const id = toStorableText(taskId)
  const [row] = await execute(sql<SizedRow>`
    select ${smallColumns}, ${cancelledBy}, octet_length(t.payload::text) as payload_bytes,
           octet_length(t.result::text) as result_bytes, octet_length(t.partial_result::text) as partial_bytes,
           t.text_length, ${momentOf(sql`t.lease_expires_at`)} as lease_expires_at,
           ${momentOf(sql`t.redeliver_at`)} as redeliver_at, ${momentOf(sql`t.expires_at`)} as expires_at,
           ${momentOf(sql`t.deadline_at`)} as deadline_at
      from brandkit.tasks t where t.id = ${id}`)
  if (!row) return null

  const task = toStoredTask(row)
  const { tenantId, userId } = task
  const [checkpoints, usage, audit, retries, notices] = await Promise.all([
    execute(sql<TaskLife['checkpoints'][number]>`
      select step, octet_length(output::text) as bytes from brandkit.task_steps where task_id = ${id} order by step limit ${MOST}`),
    readUsage(execute, { sums: [{ by: 'attempt', id }], limit: MOST }),
    // An entry is about the owner, so the index of users finds it.
    readAudit(execute, { tenantId, userId, taskId: id, limit: MOST }),
    execute(sql<{ id: string; at: string; by: string; status: string }>`
      select t.id, ${momentOf(sql`t.created_at`)} as at, t.created_by as by, t.status from brandkit.tasks t
       where t.retry_of = ${id} order by t.created_at limit ${MOST}`),
    execute(sql<{ target: string; attempt: number; due: string; died: string | null; reason: string | null }>`
      select target, attempt, ${momentOf(sql`due_at`)} as due, ${momentOf(sql`died_at`)} as died, reason
        from brandkit.notices where task_id = ${id} order by target limit ${MOST}`),
  ])
  return {
    task,
    sizes: {
      payload: row.payload_bytes,
      result: row.result_bytes,
      partialResult: row.partial_bytes,
      text: row.text_length,
    },
    times: timesOf(row),
    checkpoints,
    usage,
    audit: audit.entries,
    retries: retries.map(({ id: retry, at, by, status }) => ({ taskId: retry, at: toIso(at), by, status })),
    notices: notices.map(({ target, attempt, due, died, reason }) => ({
      target,
      attempt,
      dueAt: toIso(due),
      diedAt: died === null ? null : toIso(died),
      reason,
    })),
  }
}

/** An ended task waits for nothing. */
function timesOf({ status, ...row }: SizedRow): TaskLife['times'] {
  const times: TaskLife['times'] = {}
  if (row.attempt_started_at !== null) times.attemptStartedAt = toIso(row.attempt_started_at)
  if (row.lease_expires_at !== null) times.leaseExpiresAt = toIso(row.lease_expires_at)
  if (status === 'queued') {
    times.redeliverAt = toIso(row.redeliver_at)
    times.expiresAt = toIso(row.expires_at)
  }
  if (row.deadline_at !== null) times.deadlineAt = toIso(row.deadline_at)
  return times
}
