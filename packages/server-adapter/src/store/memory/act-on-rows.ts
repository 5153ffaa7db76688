import { isTerminal } from '@brandkit/core'
import type { TaskScope } from '../../principal.js'
import { ERASED_USER, type EraseInput, type EraseOutcome } from '../audit.js'
import { toStorableText } from '../storable-text.js'
import type { TaskStore } from '../task-store.js'
import type { AuditRows } from './audit-rows.js'
import type { IdempotencyKeys } from './create-rows.js'
import { forgetErased, namesErased } from './after-erased.js'
import type { UsageBook } from './usage-book.js'
import type { NoticeRows } from './notice-rows.js'
import { finish, type MemoryRow, purge, toStoredTask, touch } from './memory-row.js'

interface Acted {
  rows: Map<string, MemoryRow>
  keys: IdempotencyKeys
  audit: AuditRows
  notices: NoticeRows
  usage: Pick<UsageBook, 'forget'>
  visible: (taskId: string, scope: TaskScope) => MemoryRow | undefined
  changed: (row: MemoryRow) => void
  now: () => number
}

/** What people do to tasks, with the entries of the audit. */
export function actsOnRows({
  rows,
  keys,
  audit,
  notices,
  usage,
  visible,
  changed,
  now,
}: Acted): Pick<TaskStore, 'cancel' | 'delete' | 'eraseUser' | 'audit'> {
  function eraseTasks({ tenantId, userId, by, limit }: EraseInput): Pick<EraseOutcome, 'erased' | 'cancelled'> {
    const own = [...rows.values()]
      .filter(({ input }) => input.tenantId === tenantId && input.userId === userId)
      .toReversed()
      .slice(0, limit)
    const active = own.filter(({ status }) => !isTerminal(status))
    for (const row of active) {
      row.epoch += 1
      row.cancelledBy = by
      finish(row, 'cancelled', null, now())
    }
    for (const row of own) {
      const { purgedAt = now() } = row
      purge(row, now())
      forgetPerson(row, purgedAt)
      notices.forget(row)
      // Its former owner's watchers still have to hear of it.
      changed(row)
      rename(row, userId)
      row.input.userId = ERASED_USER
    }
    return { erased: own.length, cancelled: active.length }
  }

  /** Rows of other users that name this user, or tasks of erased users. */
  function renameInRows({ tenantId, userId, limit }: EraseInput): number {
    const naming = [...rows.values()]
      .filter(({ input }) => input.tenantId === tenantId)
      .filter((row) => row.input.createdBy === userId || row.cancelledBy === userId || namesErased(row, rows))
      .slice(0, limit)
    for (const row of naming) {
      rename(row, userId)
      forgetErased(row, rows)
      touch(row, now())
      changed(row)
    }
    return naming.length
  }

  return {
    async cancel(taskId, scope, { by, notices: wanted } = {}) {
      const row = visible(taskId, scope)
      if (!row || isTerminal(row.status)) return null
      row.epoch += 1
      if (by !== undefined) row.cancelledBy = toStorableText(by)
      finish(row, 'cancelled', null, now())
      notices.add(row, wanted, now())
      audit.record('cancel', row.input, by)
      changed(row)
      return toStoredTask(row)
    },

    async delete(taskId, scope, { by } = {}) {
      const row = visible(taskId, scope)
      if (!row || !isTerminal(row.status)) return null
      if (row.purgedAt === undefined) {
        purge(row, now())
        audit.record('delete', row.input, by)
        changed(row)
      }
      return toStoredTask(row)
    },

    async eraseUser(input) {
      const { tenantId, userId, limit } = input
      const by = input.by === userId ? ERASED_USER : toStorableText(input.by)
      const tasks = eraseTasks({ ...input, by })
      const renamed = renameInRows(input) + audit.rename(input, limit)
      const forgotten = [...keys.keys()].filter((key) => isKeyOf(key, input)).slice(0, limit)
      for (const key of forgotten) keys.delete(key)
      if (tasks.erased > 0) audit.add({ tenantId, action: 'erase', by, userId: ERASED_USER, count: tasks.erased })
      return { ...tasks, renamed, forgotten: forgotten.length + usage.forget(input) }
    },

    async audit({ record: entry, ...query }) {
      if (entry) audit.add(entry)
      return audit.read(query)
    },
  }
}

/** Removes what a tombstone of an erased user must not say any more. */
function forgetPerson(row: MemoryRow, purgedAt: number): void {
  if (row.waitsFor) row.runAt = row.wantedRunAt ?? row.createdAt
  Object.assign(row, {
    stepStartedAt: {},
    stepCompletedAt: {},
    stepItems: null,
    waitsFor: undefined,
    waitingFor: undefined,
    lastError: undefined,
    purgedAt,
  })
  const left = { after: undefined, unique: undefined, keysOf: undefined, traceparent: undefined }
  row.input = { ...row.input, ...left, title: '', tags: undefined }
}

function rename(row: MemoryRow, userId: string): void {
  const createdBy = row.input.createdBy === userId ? ERASED_USER : row.input.createdBy
  row.input = { ...row.input, createdBy }
  if (row.cancelledBy === userId) row.cancelledBy = ERASED_USER
}

function isKeyOf(key: string, { tenantId, userId }: EraseInput): boolean {
  const [tenant, user] = JSON.parse(key) as unknown[]
  return tenant === tenantId && user === userId
}
