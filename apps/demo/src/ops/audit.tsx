import type { AuditAction, AuditEntry } from '@brandkit/core'
import { formatMoment } from '../parts/format-quantity.ts'

const VERBS: Readonly<Record<AuditAction, string>> = {
  cancel: 'stopped',
  delete: 'deleted',
  retry: 'tried again',
  erase: 'erased',
  export: 'exported',
}

/** Stands in the place of the ids of erased users, as the server writes it. */
const ERASED_USER = 'erased user'

interface AuditProps {
  entries: readonly AuditEntry[]
  nameOf: (userId: string) => string
}

/** Who did what, newest first. */
export function Audit({ entries, nameOf }: AuditProps) {
  const toName = (userId: string) => (userId === ERASED_USER ? 'Erased person' : nameOf(userId))
  return (
    <section className="desk" aria-labelledby="desk-audit">
      <h2 id="desk-audit">Who did what</h2>
      {entries.length === 0 ? (
        <p className="nothing soft">Nothing was stopped, tried again, deleted, exported or erased.</p>
      ) : (
        <ul className="dead-notices" aria-label="Who did what">
          {entries.map((entry) => (
            <li key={entry.entryId}>
              <strong>{toName(entry.by)}</strong> {VERBS[entry.action]} {toObject(entry)} of{' '}
              {entry.by === entry.userId ? 'their own' : toName(entry.userId)}{' '}
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
