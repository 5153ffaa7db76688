import { toShownText } from '../storable-text.js'
import { DEADLINE_EXCEEDED, WORKER_LOST } from '../store-errors.js'
import type { AttemptEnd, ProviderWait } from '../attempt-writes.js'
import { finish, requeue, type MemoryRow } from './memory-row.js'

/** Ends the attempt that owns the row. `result` is the encoded result of a completion. */
export function settleRow(row: MemoryRow, end: AttemptEnd, result: string | undefined, now: number): void {
  row.settled = { epoch: row.epoch, as: end.status }
  if (end.status === 'completed') {
    Object.assign(row, { result, partialResult: undefined, progress: 100, lastError: undefined, errorCode: undefined })
    return finish(row, 'completed', null, now)
  }
  if (end.status === 'release' && end.wait) return releaseToWait(row, end.wait, now)
  if (end.status === 'release' || end.status === 'unstarted') return release(row, end.status, now)

  const failure = { errorCode: end.errorCode, lastError: toShownText(end.lastError) }
  if (end.status === 'failed' || row.attempt > row.input.maxRetries) return finish(row, 'failed', failure, now)
  if (row.deadlineAt <= now) return finish(row, 'failed', DEADLINE_EXCEEDED, now)
  Object.assign(row, failure)
  requeue(row, now + end.delayMs, now)
}

function releaseToWait(row: MemoryRow, { delayMs, ...wait }: ProviderWait & { delayMs: number }, now: number): void {
  if (row.deadlineAt <= now) return finish(row, 'failed', DEADLINE_EXCEEDED, now)
  row.attempt -= 1
  row.waitingFor = wait
  requeue(row, now + delayMs, now)
}

function release(row: MemoryRow, as: 'release' | 'unstarted', now: number): void {
  if (row.deadlineAt <= now) return finish(row, 'failed', DEADLINE_EXCEEDED, now)
  // A release gives the attempt back only if it moved the work forward. Otherwise a task longer than the budget would repeat
  // for ever.
  if (as === 'unstarted' || row.checkpointEpoch === row.epoch) {
    row.attempt -= 1
    return requeue(row, now, now)
  }
  if (row.attempt > row.input.maxRetries) return finish(row, 'failed', WORKER_LOST, now)
  requeue(row, now, now)
}
