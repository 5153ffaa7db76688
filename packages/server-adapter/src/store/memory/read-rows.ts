import { isTerminal, type Throughput } from '@brandkit/core'
import type { MemoryRow } from './memory-row.js'
import {
  LATEST_DURATIONS,
  type OutlookInput,
  type StoreOutlook,
  type StoreStats,
  emptyThroughput,
  type ThroughputQuery,
  THROUGHPUT_MINUTES,
} from '../store-outlook.js'
import { byUrgency } from './due-row.js'

export function statsOfRows(rows: Iterable<MemoryRow>, tenantId: string | undefined, now: number): StoreStats {
  const stats = { queued: 0, due: 0, processing: 0, completed: 0, failed: 0, cancelled: 0, endedPerMinute: 0 }
  for (const row of rows) {
    if (tenantId !== undefined && row.input.tenantId !== tenantId) continue
    stats[row.status] += 1
    if (row.status === 'queued' && row.runAt <= now) stats.due += 1
    if (row.completedAt !== undefined && row.completedAt > now - THROUGHPUT_MINUTES * 60_000)
      stats.endedPerMinute += 1 / THROUGHPUT_MINUTES
  }
  return stats
}

export function throughputOfRows(
  rows: Iterable<MemoryRow>,
  { span, tenantId }: ThroughputQuery,
  now: number,
): Throughput {
  const throughput = emptyThroughput(span, now)
  const from = Date.parse(throughput.from)
  for (const { input, status, completedAt } of rows) {
    if (tenantId !== undefined && input.tenantId !== tenantId) continue
    if (!isTerminal(status) || completedAt === undefined || completedAt < from) continue
    const bucket = Math.floor((completedAt - from) / throughput.bucketMs)
    throughput[status][bucket] = (throughput[status][bucket] ?? 0) + 1
  }
  return throughput
}

export function outlookOfRows(
  rows: Iterable<MemoryRow>,
  { types, tenantId, limit }: OutlookInput,
  now: number,
): StoreOutlook {
  const all = [...rows].filter(({ input }) => tenantId === undefined || input.tenantId === tenantId)
  const waiting = all
    .filter((row) => row.status === 'queued' && row.runAt <= now)
    .toSorted((a, b) => Number(a.held) - Number(b.held) || byUrgency(a, b))
    .slice(0, limit)
    .map(({ input: { taskId, type } }) => ({ taskId, type }))
  const completed = all
    .filter(({ status }) => status === 'completed')
    // Among tasks that ended in the same millisecond, the youngest comes first.
    .toReversed()
    .toSorted((a, b) => (b.completedAt ?? 0) - (a.completedAt ?? 0))
  const durations = Object.fromEntries(
    types.flatMap((type) => {
      const latest = completed.filter(({ input }) => input.type === type).slice(0, LATEST_DURATIONS)
      return latest.length === 0 ? [] : [[type, latest.map(durationOf)]]
    }),
  )
  return { waiting, processing: all.filter(({ status }) => status === 'processing').length, durations }
}

function durationOf({ startedAt = 0, completedAt = 0 }: MemoryRow): number {
  return completedAt - startedAt
}
