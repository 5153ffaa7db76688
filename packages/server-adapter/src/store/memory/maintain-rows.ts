import { isTerminal } from '@brandkit/core'
import { alarmDelayMs } from '../alarm.js'
import { DEADLINE_EXCEEDED, TASK_EXPIRED } from '../store-errors.js'
import type { MaintainInput, MaintainOutcome } from '../maintain-pass.js'
import { isReleased, releaseFollowers } from './after-rows.js'
import { rankOf, toDueTask } from './due-row.js'
import { hasRoom } from './limit-rows.js'
import { abandon, finish, purge, type MemoryRow } from './memory-row.js'
import type { NoticeRows } from './notice-rows.js'

/** One pass over all rows. Calls `changed` for each row whose change others should see. */
export function maintainRows(
  rows: Map<string, MemoryRow>,
  { expireLeases, waitingMessages, limit, retention, limits, notices: wanted }: MaintainInput,
  { now, changed, notices }: { now: number; changed: (row: MemoryRow) => void; notices: NoticeRows },
): MaintainOutcome {
  const pick = (matches: (row: MemoryRow) => boolean) => [...rows.values()].filter(matches).slice(0, limit)
  const isDue = (row: MemoryRow) => row.status === 'queued' && row.runAt <= now

  const expired = expireLeases === 'yes' ? pick((row) => row.status === 'processing' && row.leaseExpiresAt <= now) : []
  for (const row of expired) abandon(row, now)

  const late = pick((row) => row.status === 'queued' && expiryOf(row) <= now)
  for (const row of late) {
    row.epoch += 1
    finish(row, 'failed', row.deadlineAt <= now ? DEADLINE_EXCEEDED : TASK_EXPIRED, now)
  }

  const followers = releaseFollowers(rows, now)
  for (const row of [...expired, ...late, ...followers]) notices.add(row, wanted, now)

  const all = [...rows.values()]
  const released = limits ? pick((row) => row.held && row.status === 'queued' && hasRoom(all, row, limits)) : []
  for (const row of released) row.held = false

  const due = [...rows.values()].filter(isDue)
  const silent = waitingMessages !== undefined && waitingMessages >= due.length
  const greatest = Math.max(...due.map(rankOf))
  // Tasks that are overtaken still ring, until their weight exceeds the greatest rank: few rings, so messages stay bounded.
  const isOvertaken = (row: MemoryRow) => rankOf(row) < greatest && rankOf(row) + row.rings <= greatest
  const ringing = due
    .filter((row) => row.redeliverAt <= now && (!silent || isOvertaken(row)))
    .toSorted((a, b) => a.redeliverAt - b.redeliverAt)
    .slice(0, limit)
  for (const row of ringing) {
    row.rings += 1
    row.redeliverAt = now + alarmDelayMs(row.rings)
  }

  // Tombstones are deleted before the purge, so that every task is a tombstone for at least one pass.
  const forgotten = pick((row) => row.purgedAt !== undefined && row.purgedAt + retention.tombstoneMs <= now)
  for (const row of forgotten) rows.delete(row.input.taskId)
  const old = pick(
    (row) =>
      isTerminal(row.status) && row.purgedAt === undefined && (row.completedAt ?? now) + retention.endedMs <= now,
  )
  for (const row of old) purge(row, now)

  for (const row of [...expired, ...late, ...followers, ...old]) changed(row)
  const requeued = expired.filter((row) => row.status === 'queued')
  return {
    deliver: [...requeued, ...followers.filter(isReleased), ...ringing, ...released].map((row) => toDueTask(row, now)),
    expired: expired.length,
    timedOut: late.length,
    purged: old.length,
    ...(wanted && { noticesDue: notices.hasDue(now) }),
  }
}

function expiryOf({ createdAt, runAt, deadlineAt, input }: MemoryRow): number {
  return Math.min(Math.max(createdAt, runAt) + input.timeToLiveMs, deadlineAt)
}
