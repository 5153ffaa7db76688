import type { AuditAction, AuditEntry } from '@brandkit/core'
import { toIsoTime } from '../../iso-time.js'
import type { NewStoredTask } from '../task-store.js'
import { type AuditPage, type AuditQuery, ERASED_USER, type NewAuditEntry, toAuditPosition } from '../audit.js'
import { toStorableText } from '../storable-text.js'

interface AuditRow extends NewAuditEntry {
  number: number
  at: number
}

/** The audit of a memory store. */
export interface AuditRows {
  add(entry: NewAuditEntry): void
  /** Adds what a person did to a task. An act without a name has no entry. */
  record(action: AuditAction, task: Pick<NewStoredTask, 'tenantId' | 'userId' | 'taskId'>, by: string | undefined): void
  read(query: AuditQuery): AuditPage
  /** Removes a user's id from entries, and returns their number. */
  rename(user: { tenantId: string; userId: string }, limit: number): number
  /** Removes entries that are older than `auditMs`. */
  purge(auditMs: number, limit: number): void
}

export function createAuditRows(now: () => number): AuditRows {
  let rows: AuditRow[] = []
  let last = 0

  function add(entry: NewAuditEntry): void {
    rows.push({ ...entry, by: toStorableText(entry.by), number: (last += 1), at: now() })
  }

  return {
    add,
    record(action, { tenantId, userId, taskId }, by) {
      if (by !== undefined) add({ tenantId, action, by, userId, taskId })
    },
    read({ cursor, limit, ...query }) {
      const before = cursor === undefined ? Infinity : toAuditPosition(cursor)
      const matching = rows.filter((row) => row.number < before && matches(row, query)).toReversed()
      const page = matching.slice(0, limit)
      const isLast = matching.length <= page.length
      return { entries: page.map(toEntry), nextCursor: isLast ? null : String(page.at(-1)?.number) }
    },
    rename({ tenantId, userId }, limit) {
      const named = rows
        .filter((row) => row.tenantId === tenantId && (row.by === userId || row.userId === userId))
        .slice(0, limit)
      for (const row of named) {
        if (row.by === userId) row.by = ERASED_USER
        if (row.userId === userId) row.userId = ERASED_USER
      }
      return named.length
    },
    purge(auditMs, limit) {
      const old = new Set(rows.filter(({ at }) => at + auditMs <= now()).slice(0, limit))
      rows = rows.filter((row) => !old.has(row))
    },
  }
}

function matches(row: AuditRow, query: Omit<AuditQuery, 'cursor' | 'limit'>): boolean {
  const { act: action, ...rest } = query
  const wanted = Object.entries({ ...rest, action })
  return wanted.every(([name, value]) => value === undefined || value === row[name as keyof AuditRow])
}

function toEntry({ number, at, action, by, userId, taskId, count }: AuditRow): AuditEntry {
  const entry: AuditEntry = { entryId: String(number), at: toIsoTime(at), action, by, userId }
  if (taskId !== undefined) entry.taskId = taskId
  if (count !== undefined) entry.count = count
  return entry
}
