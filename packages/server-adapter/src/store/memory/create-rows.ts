import { isTerminal, TaskError } from '@brandkit/core'
import { duplicateTask, idempotencyKeyReused } from '../store-errors.js'
import type { NewStoredTask } from '../task-store.js'
import type { CreateTasksInput, CreateTasksOutcome } from '../task-creation.js'
import { placeOf, planUnique, REPLACED, type UniquePlan } from '../plan-unique.js'
import { followRows, markAwaited } from './after-rows.js'
import type { AuditRows } from './audit-rows.js'
import { claimRow } from './claim-row.js'
import { assertRoom } from './limit-rows.js'
import { createRow, finish, toStoredTask, type MemoryRow } from './memory-row.js'
import type { NoticeRows } from './notice-rows.js'
import { takeOverRow } from './take-over-row.js'

/** The tasks that each idempotency key has made, by the key's JSON: tenant, user and key. */
export type IdempotencyKeys = Map<string, { requestHash: string; taskIds: string[] }>

interface CreatingMemory {
  rows: Map<string, MemoryRow>
  keys: IdempotencyKeys
  audit: AuditRows
  notices: NoticeRows
  now: () => number
  changed: (row: MemoryRow) => void
}

/** Makes the method `create` of a store in memory. */
export function createRows({ rows, keys, notices, audit, now, changed }: CreatingMemory) {
  function replay(input: CreateTasksInput): CreateTasksOutcome | null {
    const { idempotency } = input
    const known = idempotency && keys.get(keyOf(input))
    if (!known) return null
    const earlier = known.taskIds.flatMap((taskId) => rows.get(taskId) ?? [])
    // Idempotency keys last as long as their tasks.
    if (earlier.length === 0) return null
    if (known.requestHash !== idempotency.requestHash) throw idempotencyKeyReused()
    return { tasks: earlier.map(toStoredTask), replayed: true }
  }

  function plan(tasks: readonly NewStoredTask[]): UniquePlan {
    const places = new Set(tasks.flatMap((task) => placeOf(task) ?? []))
    const underWay = new Map<string, MemoryRow['input']>()
    for (const { input, status } of places.size > 0 ? rows.values() : []) {
      const place = placeOf(input)
      if (place !== null && places.has(place) && !isTerminal(status)) underWay.set(place, input)
    }
    return planUnique(tasks, underWay)
  }

  function cancel(row: MemoryRow, { notices: wanted, tasks: [first] }: CreateTasksInput): MemoryRow {
    row.epoch += 1
    row.lastError = REPLACED
    row.cancelledBy = first?.createdBy
    finish(row, 'cancelled', null, now())
    notices.add(row, wanted, now())
    audit.record('cancel', row.input, row.cancelledBy)
    changed(row)
    return row
  }

  return async (input: CreateTasksInput): Promise<CreateTasksOutcome> => {
    if (input.transaction) {
      throw new TaskError(
        'invalid_request',
        'The memory store has no transactions. Use postgresStore() to create tasks within one.',
      )
    }
    const earlier = replay(input)
    if (earlier) return earlier

    const at = now()
    const { insert, replaced, answers } = plan(input.tasks)
    const byId = new Map<string, MemoryRow>()
    // A task cannot wait for one that it replaces.
    const earlierRows = { get: (id: string) => (replaced.includes(id) ? undefined : (byId.get(id) ?? rows.get(id))) }
    for (const task of insert)
      byId.set(task.taskId, followRows(takeOverRow(createRow(task, at), task.takeOver, rows), earlierRows))
    if (byId.size < insert.length || insert.some(({ taskId }) => rows.has(taskId))) throw duplicateTask()
    const created = [...byId.values()]
    const others = [...rows.values()].filter(({ input: { taskId } }) => !replaced.includes(taskId))
    if (created.length > 0) assertRoom(others, { ...input, tasks: insert })
    if (input.idempotency) keys.set(keyOf(input), { requestHash: input.idempotency.requestHash, taskIds: answers })
    const cancelled = replaced.flatMap((taskId) => rows.get(taskId) ?? []).map((row) => cancel(row, input))
    for (const row of created) {
      rows.set(row.input.taskId, row)
      markAwaited(row, rows)
      if (row.input.retryOf !== undefined) audit.record('retry', row.input, row.input.createdBy)
      if (input.claim && row.runAt <= at) claimRow(row, { now: at, leaseMs: input.claim.leaseMs })
      changed(row)
    }
    return {
      tasks: answers.flatMap((taskId) => rows.get(taskId) ?? []).map(toStoredTask),
      // Tasks that were under way already are told as those of a replay.
      replayed: created.length === 0 && input.tasks.length > 0,
      ...(cancelled.length > 0 && { replaced: cancelled.map(toStoredTask) }),
    }
  }
}

function keyOf({ tasks: [first], idempotency }: CreateTasksInput): string {
  return JSON.stringify([first?.tenantId, first?.userId, idempotency?.key])
}
