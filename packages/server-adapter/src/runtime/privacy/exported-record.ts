import type { AuditEntry, TaskJson, UsageAmount } from '@brandkit/core'

/**
 * One part of what is stored about a person, as plain JSON:
 *
 * - `task`: a task that the person owns, with payload, result and usage, and its streamed text if it has one; `unreadable` if the
 *   codec cannot decrypt its content at the moment, so that an export with gaps is not taken for whole;
 * - `usage`: what the person's models have used in a month, one for each currency, for the last twelve months;
 * - `act`: an entry of the audit, of what the person did or of what was done to the person's tasks.
 */
export type ExportedRecord =
  | { kind: 'task'; task: TaskJson; text?: string; unreadable?: true }
  | { kind: 'usage'; month: string; usage: UsageAmount }
  | { kind: 'act'; act: AuditEntry }
