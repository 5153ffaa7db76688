import { type RawBuilder, sql } from 'kysely'
import { unserializable } from '../encode-json.js'
import { invalidTime } from '../store-errors.js'
import type { AttemptEnd } from '../attempt-writes.js'
import type { Lease, StoredTask } from '../task-store.js'
import { type ChangedRow, type ChangingProcess, tellOwn } from './notify.js'
import { attemptOf, foldWrites, type WriteEntry } from './fold-writes.js'
import type { Execute } from './statement.js'
import type { RunningRow, RunningRows } from './running-rows.js'
import { type MovingRow, payloadColumns, taskColumns, toStoredTask, type TaskRow, withoutContent } from './task-row.js'
import { sqlStateOf } from './to-store-error.js'
import { mayQueue, writeAny, writeStraight } from './write-statements.js'

/**
 * The outcome of one write: the task if the write ended the attempt, `written` otherwise, `lost` if the row has another
 * epoch.
 */
export type WriteOutcome = StoredTask | 'written' | 'lost'

/** Columns that this process knows do not come back. */
type WrittenRow = ChangedRow &
  Pick<TaskRow, 'partial_result' | 'has_partial_result'> &
  Partial<TaskRow> & { payload_text?: string | null; lease_epoch: number }

/** Writes beats, reports, checkpoints and ends of any attempts in one statement. */
export async function writeAttempts(
  execute: Execute,
  entries: readonly WriteEntry[],
  { own, running }: { own: ChangingProcess; running: RunningRows },
): Promise<WriteOutcome[]> {
  const { writes, checkpoints, texts } = foldWrites(entries)
  // Kept from now on, because claims may make room for others while the statement runs.
  const known = entries.map(({ lease, end }) => (end ? running.find(lease) : undefined))
  const isKnown = entries.every(({ end }, at) => !end || known[at])
  const isStraight = !writes.some(mayQueue)
  const notices = entries.flatMap((entry) => entry.notices ?? [])
  const writing = { writes, checkpoints, texts, notices, own, isKnown }
  const rows = await execute((isStraight ? writeStraight(writing) : writeAny(writing)) as RawBuilder<WrittenRow>)
  tellOwn(own, rows)

  const written = new Map(rows.map((row) => [attemptOf({ taskId: row.id, epoch: row.lease_epoch }), row]))
  return entries.map(({ lease, end }, at) => {
    const attempt = attemptOf(lease)
    const row = written.get(attempt)
    if (row && !end) return 'written'
    running.forget(attempt)
    if (!row || !end) return 'lost'
    const moving = isStraight ? Object.assign(row, ofStraight(row, end)) : row
    // Only what queues a task again changes a column of `FixedRow`.
    const fixed = isStraight && isKnown ? known[at] : { ...known[at], ...row }
    return toEnded(fixed as RunningRow, moving as EndedRow, end)
  })
}

/** The columns that every straight end leaves alike. */
function ofStraight({ updated_at }: WrittenRow, { errorCode, lastError }: NonNullable<WriteEntry['end']>) {
  return {
    completed_at: updated_at,
    current_step: null,
    purged_at: null,
    waits_for: null,
    error_code: errorCode ?? null,
    last_error: lastError ?? null,
  }
}

type EndedRow = MovingRow & Pick<TaskRow, 'partial_result' | 'has_partial_result'>

/** The whole task: what cannot change while an attempt runs, what the statement has changed, and what this process sent. */
function toEnded(fixed: RunningRow, moving: EndedRow, { result }: NonNullable<WriteEntry['end']>): StoredTask {
  const task = withoutContent(fixed, moving)
  if (fixed.payload_text !== null) task.payload = JSON.parse(fixed.payload_text)
  if (moving.status === 'completed') task.result = JSON.parse(result ?? 'null')
  if (moving.has_partial_result) task.partialResult = moving.partial_result
  return task
}

/** The task, if the attempt has already ended in the same way: the reply to the first call was lost. */
export async function findSettled(
  execute: Execute,
  { taskId, epoch }: Lease,
  as: AttemptEnd['status'],
): Promise<StoredTask | null> {
  const [row] = await execute(sql<TaskRow>`
    select ${taskColumns}, ${payloadColumns} from brandkit.tasks t
     where id = ${taskId} and settled_epoch = ${epoch} and settled_as = ${as}`)
  return row ? toStoredTask(row) : null
}

/** Converts the error of a refused write for the worker. */
export function toWriteError(error: unknown): unknown {
  const state = sqlStateOf(error) ?? ''
  if (state === '22008') return invalidTime(error)
  // The value is nested too deeply, is too large, or holds text that JSON types refuse.
  return ['54001', '54000', '22P02', '22P05', '22023'].includes(state) ? unserializable(error) : error
}
