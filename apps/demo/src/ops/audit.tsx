import type { AuditAction, AuditEntry } from '@brandkit/core'
import { formatMoment } from '../parts/format-quantity.ts'

const VERBS: Readonly<Record<AuditAction, string>> = {
  cancel: 'stopped',
  delete: 'deleted',
  retry: 'tried again',
  erase: 'erased',
  export: 'exported',
}

interface AuditProps {
  entries: readonly AuditEntry[]
  nameOf: (userId: string) => string
}

/** Who did what, newest first. */
export function Audit({ entries, nameOf }: AuditProps) {
  return (
    <section className="desk" aria-labelledby="desk-audit">
      <h2 id="desk-audit">Who did what</h2>
      {entries.length === 0 ? (
        <p className="nothing soft">Nothing was stopped, tried again, deleted, exported or erased.</p>
      ) : (
        <ul className="dead-notices" aria-label="Who did what">
          {entries.map((entry) => (
            <li key={entry.entryId}>
              <strong>{nameOf(entry.by)}</strong> {VERBS[entry.action]} {toObject(entry)} of {nameOf(entry.userId)}{' '}
              <span className="soft">
                <time dateTime={entry.at}>{formatMoment(entry.at)}</time> {entry.taskId}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function toObject({ taskId, count }: Pick<AuditEntry, 'taskId' | 'count'>): string {
  if (taskId !== undefined) return 'a task'
  if (count === undefined) return 'the data'
  return count === 1 ? 'one task' : `${count} tasks`
}
