import type { AuditEntry } from '@brandkit/core'
import type { OwnScope } from '../../principal.js'
import type { Clock } from '../../clock.js'
import type { AuditQuery } from '../../store/audit.js'
import type { TaskStore } from '../../store/task-store.js'
import { toTaskJson } from '../to-task-json.js'
import { toUsageAmount } from '../to-usage-json.js'
import type { ExportedRecord } from './exported-record.js'

interface Exported {
  tenantId: string
  userId: string
  /** Who exports, for the audit. */
  by: string
}

const PAGE = 100
const MONTHS = 12

/**
 * All that is stored about a person, piece by piece: one task at a time is in memory, however many there are. Tasks without
 * content are left out. The audit learns of the export before its first record.
 */
export async function* exportPerson(
  { tenantId, userId, by }: Exported,
  { store, clock }: { store: TaskStore; clock: Clock },
): AsyncGenerator<ExportedRecord, void> {
  await store.audit({ tenantId, limit: 1, record: { tenantId, action: 'export', by, userId } })
  yield* tasksOf({ reach: 'own', tenantId, userId, brandIds: '*' }, store)
  for (const month of lastMonths(clock.now())) {
    const sums = await store.usage({ tenantId, month, sums: [{ by: 'user', id: userId }], limit: PAGE })
    for (const sum of sums) yield { kind: 'usage', month, usage: toUsageAmount(sum) }
  }
  for await (const act of actsIn({ tenantId, userId }, store)) yield { kind: 'act', act }
  for await (const act of actsIn({ tenantId, by: userId }, store)) {
    // The first walk has met those that concern the person.
    if (act.userId !== userId) yield { kind: 'act', act }
  }
}

async function* tasksOf(scope: OwnScope, store: TaskStore): AsyncGenerator<ExportedRecord, void> {
  let cursor: string | undefined
  do {
    const page = await store.list({ limit: PAGE, cursor }, scope)
    for (const { taskId } of page.tasks) {
      const [task] = await store.find([taskId], scope)
      // The task was emptied since the page was read.
      if (!task || task.purgedAt !== undefined) continue
      const [streamed] = task.textCursor === undefined ? [] : await store.find([taskId], scope, { textAfter: '' })
      const text = streamed?.text?.append
      const isUnreadable = task.unreadable ?? streamed?.unreadable
      yield {
        kind: 'task',
        task: toTaskJson(task),
        ...(text !== undefined && { text }),
        ...(isUnreadable && { unreadable: true }),
      }
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

async function* actsIn(query: Omit<AuditQuery, 'limit'>, store: TaskStore): AsyncGenerator<AuditEntry, void> {
  let cursor: string | undefined
  do {
    const page = await store.audit({ ...query, cursor, limit: PAGE })
    yield* page.entries
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** `2026-11`, in UTC, the latest first. */
function lastMonths(now: number): string[] {
  const today = new Date(now)
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back)).toISOString().slice(0, 'YYYY-MM'.length),
  )
}
