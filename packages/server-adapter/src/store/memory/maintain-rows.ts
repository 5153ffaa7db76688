import { isTerminal } from '@brandkit/core'
import { alarmDelayMs } from '../alarm.js'
import { TASK_EXPIRED } from '../store-errors.js'
import type { DueTask, MaintainInput, MaintainOutcome } from '../task-store.js'
import { abandon, finish, touch, type MemoryRow } from './memory-row.js'

/** One pass over all rows; `changed` hears of each that others should see. */
export function maintainRows(
  rows: Map<string, MemoryRow>,
  { expireLeases, waitingMessages, limit, retention }: MaintainInput,
  now: number,
  changed: (row: MemoryRow) => void,
): MaintainOutcome {
  const pick = (matches: (row: MemoryRow) => boolean) => [...rows.values()].filter(matches).slice(0, limit)
  const isDue = (row: MemoryRow) => row.status === 'queued' && row.runAt <= now

  const expired = expireLeases === 'yes' ? pick((row) => row.status === 'processing' && row.leaseExpiresAt <= now) : []
  for (const row of expired) abandon(row, now)

  const late = pick(
    (row) => row.status === 'queued' && Math.max(row.createdAt, row.runAt) + row.input.timeToLiveMs <= now,
  )
  for (const row of late) {
    row.epoch += 1
    finish(row, 'failed', TASK_EXPIRED, now)
  }

  const due = [...rows.values()].filter(isDue)
  const silent = waitingMessages !== undefined && waitingMessages >= due.length
  const ringing = silent
    ? []
    : due
        .filter((row) => row.redeliverAt <= now)
        .toSorted((a, b) => a.redeliverAt - b.redeliverAt)
        .slice(0, limit)
  for (const row of ringing) {
    row.rings += 1
    row.redeliverAt = now + alarmDelayMs(row.rings)
  }

  // Before the purge, so that every task is a tombstone for at least one pass.
  const forgotten = pick((row) => row.purgedAt !== undefined && row.purgedAt + retention.tombstoneMs <= now)
  for (const row of forgotten) rows.delete(row.input.taskId)
  const old = pick(
    (row) =>
      isTerminal(row.status) && row.purgedAt === undefined && (row.completedAt ?? now) + retention.endedMs <= now,
  )
  for (const row of old) purge(row, now)

  for (const row of [...expired, ...late, ...old]) changed(row)
  const requeued = expired.filter((row) => row.status === 'queued')
  return {
    deliver: [...requeued, ...ringing].map(toDueTask),
    expired: expired.length,
    timedOut: late.length,
    purged: old.length,
  }
}

function purge(row: MemoryRow, now: number): void {
  Object.assign(row, { payload: undefined, result: undefined, partialResult: undefined, plan: [], purgedAt: now })
  row.checkpoints.clear()
  touch(row, now)
}

function toDueTask({ input: { taskId, priority }, rings }: MemoryRow): DueTask {
  return { taskId, priority, rings, dueInMs: 0 }
}
