/**
 * What the audit lists. A create is missing, because the task itself says who created it, and when. A retry is an act on an
 * ended task, so it has an entry.
 */
export const AUDIT_ACTIONS = ['cancel', 'delete', 'retry', 'erase', 'export'] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Who did what, and when. */
export interface AuditEntry {
  entryId: string
  /** ISO 8601. */
  at: string
  action: AuditAction
  /** The id of the person who acted, or the name that server code gave itself. */
  by: string
  /** Whose task or data it was. */
  userId: string
  /** Absent for an erasure and an export, which concern all tasks of the user. */
  taskId?: string
  /** How many tasks an erasure concerned. */
  count?: number
}

/** Narrows the audit. */
export interface AuditFilter {
  act?: AuditAction | undefined
  by?: string | undefined
  userId?: string | undefined
  taskId?: string | undefined
  /** From the previous page's `nextCursor`. */
  cursor?: string | undefined
  /** 1 to 100. Default 50. */
  limit?: number | undefined
}

/** `GET ?action=audit`: the acts in the operator's tenant, newest first. */
export interface GetAuditResponse {
  entries: AuditEntry[]
  /** `null` on the last page. */
  nextCursor: string | null
}
