import type { TaskLogger } from '@brandkit/core'
import { ERASED_USER, type EraseInput, type EraseOutcome } from '../../store/audit.js'
import type { TaskStore } from '../../store/task-store.js'

/** Most rows of each kind in one statement, so that other writes are never kept waiting for long. */
const ROWS_A_PASS = 100

/**
 * Erases all that names a person, in passes until nothing is left. A call that was interrupted can be repeated. Each pass that
 * erases tasks writes its entry in the audit; a call that finds no task writes one here, because it was asked for as well.
 *
 * Tasks that waited for a free place or for an erased task get their turn by the next pass of maintenance.
 */
export async function erasePerson(
  person: Omit<EraseInput, 'limit'>,
  { store, logger }: { store: TaskStore; logger: TaskLogger },
): Promise<EraseOutcome> {
  const total: EraseOutcome = { erased: 0, cancelled: 0, renamed: 0, forgotten: 0 }
  for (;;) {
    const { erased, cancelled, renamed, forgotten } = await store.eraseUser({ ...person, limit: ROWS_A_PASS })
    if (erased + renamed + forgotten === 0) break
    total.erased += erased
    total.cancelled += cancelled
    total.renamed += renamed
    total.forgotten += forgotten
  }
  if (total.erased === 0) {
    const { tenantId, userId, by } = person
    const record = { tenantId, action: 'erase', by: by === userId ? ERASED_USER : by, userId: ERASED_USER } as const
    await store.audit({ tenantId, limit: 1, record: { ...record, count: 0 } })
  }
  // The log names nobody, because it outlives the erasure.
  logger.info('Erased a user', { ...total })
  return total
}
