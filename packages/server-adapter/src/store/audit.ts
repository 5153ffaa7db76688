import { type AuditAction, type AuditEntry, type AuditFilter, TaskError } from '@brandkit/core'

/** An entry to write. The store sets its id and time. */
export interface NewAuditEntry {
  tenantId: string
  action: AuditAction
  by: string
  userId: string
  taskId?: string | undefined
  count?: number | undefined
}

export interface AuditQuery extends AuditFilter {
  /** Default: all tenants. */
  tenantId?: string | undefined
  limit: number
  /** Writes this entry before it reads, for an act that changes nothing in the store: an export. Default: none. */
  record?: NewAuditEntry | undefined
}

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[]
  nextCursor: string | null
}

/** Who acts, for the audit. Without a name the audit gets no entry. */
export interface Acting {
  by?: string | undefined
}

export interface EraseInput {
  tenantId: string
  userId: string
  /** Who erases, for the audit. */
  by: string
  /** Most rows of each kind that one pass may touch. */
  limit: number
}

/** What one pass has done. All are 0 when nothing is left to erase. */
export interface EraseOutcome {
  /** Tasks of the user that were emptied, those under way included. */
  erased: number
  /** How many of them were under way, and so were cancelled. */
  cancelled: number
  /** Rows of others and entries of the audit that named the user. */
  renamed: number
  /** Idempotency keys, and the user's own sums of usage, that were removed. */
  forgotten: number
}

/** Takes the place of an erased user's id in whatever remains. */
export const ERASED_USER = 'erased user'

/**
 * The number of the last entry of the page before.
 *
 * @throws TaskError `invalid_request` when the text is not one of our cursors
 */
export function toAuditPosition(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new TaskError('invalid_request', 'The cursor is malformed. Use nextCursor of the previous page as it was.')
}
