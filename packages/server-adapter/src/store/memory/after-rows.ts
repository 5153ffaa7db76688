import type { TaskReference } from '@brandkit/core'
import { dependencyFailed, type EarlierState, NOT_YET, sayNotCompleted, stateOfEarlier } from '../after-tasks.js'
import { FIRST_ALARM_MS } from '../alarm.js'
import { finish, type MemoryRow, touch } from './memory-row.js'

type Rows = ReadonlyMap<string, MemoryRow>

/**
 * Lets a new row wait for the tasks of its `after` that have not completed.
 *
 * @throws TaskError `dependency_failed`
 */
export function followRows(row: MemoryRow, rows: Pick<Rows, 'get'>): MemoryRow {
  const { after = [] } = row.input
  const lost = after.find((reference) => stateOf(reference, rows) === 'lost')
  if (lost) throw dependencyFailed(lost, rows.get(lost.taskId))
  const waitsFor = after.filter((reference) => stateOf(reference, rows) === 'under way')
  if (waitsFor.length === 0) return row
  return Object.assign(row, { waitsFor, wantedRunAt: row.runAt, runAt: Date.parse(NOT_YET) })
}

/** Marks the tasks that a stored row waits for. */
export function markAwaited({ waitsFor = [] }: MemoryRow, rows: Rows): void {
  for (const { taskId } of waitsFor) Object.assign(rows.get(taskId) ?? {}, { awaited: true })
}

/**
 * Takes ended tasks off the lists of those that wait. A task whose list is empty is due from now on; one that waits for a task
 * that did not complete fails, and so do those that wait for it.
 *
 * @returns the changed rows
 */
export function releaseFollowers(rows: Rows, now: number): MemoryRow[] {
  const changed = new Set<MemoryRow>()
  for (;;) {
    const ready = [...rows.values()].filter(
      // The row of a test's own task names tasks to wait for, and follows none.
      ({ waitsFor, status, input }) =>
        input.after && status === 'queued' && waitsFor?.some((reference) => stateOf(reference, rows) !== 'under way'),
    )
    if (ready.length === 0) return [...changed]
    for (const row of ready) {
      release(row, rows, now)
      changed.add(row)
    }
  }
}

/** Whether a changed row may run now, or at its due time. */
export function isReleased({ status, waitsFor }: MemoryRow): boolean {
  return status === 'queued' && waitsFor === undefined
}

function release(row: MemoryRow, rows: Rows, now: number): void {
  const lost = row.waitsFor?.find((reference) => stateOf(reference, rows) === 'lost')
  const left = row.waitsFor?.filter((reference) => stateOf(reference, rows) === 'under way') ?? []
  if (lost) {
    row.waitsFor = undefined
    row.runAt = row.wantedRunAt ?? row.createdAt
    row.epoch += 1
    return finish(row, 'failed', { errorCode: 'dependency_failed', lastError: sayNotCompleted(lost) }, now)
  }
  row.waitsFor = left.length > 0 ? left : undefined
  touch(row, now)
  if (row.waitsFor) return
  row.runAt = Math.max(now, row.wantedRunAt ?? 0)
  row.redeliverAt = row.runAt + FIRST_ALARM_MS
  row.deadlineAt = row.runAt + (row.input.deadlineMs ?? Infinity)
}

function stateOf({ taskId }: TaskReference, rows: Pick<Rows, 'get'>): EarlierState {
  return stateOfEarlier(rows.get(taskId))
}
