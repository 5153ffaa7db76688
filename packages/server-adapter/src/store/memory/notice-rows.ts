import { isTerminal, type NoticeStats } from '@brandkit/core'
import { toIsoTime } from '../../iso-time.js'
import {
  DEAD_NOTICE_MS,
  type EndNotices,
  LATEST_DEAD,
  NEVER_TAKEN,
  NOTICE_LIFE_MS,
  type NoticeOutcome,
  type TakeNoticesInput,
  type TakenNotice,
} from '../notice.js'
import { toShownText } from '../storable-text.js'
import { toListedTask, type MemoryRow } from './memory-row.js'

interface NoticeRow {
  row: MemoryRow
  target: string
  attempt: number
  /** When it may be taken. For a dead notice: when it is forgotten. */
  dueAt: number
  giveUpAt: number
  diedAt: number | undefined
  reason: string | undefined
}

/** The outbox: what is still to be told of tasks that have ended. */
export interface NoticeRows {
  /** Stores the notices of a row that has just ended. Any other row has none. */
  add(row: MemoryRow, notices: EndNotices | undefined, now: number): void
  take(input: TakeNoticesInput, now: number): TakenNotice[]
  /** Drops the notices of a row whose owner was erased. */
  forget(row: MemoryRow): void
  hasDue(now: number): boolean
  /** Nothing when there are no notices. */
  stats(tenantId: string | undefined): { notices?: NoticeStats }
}

/** @param tasks notices of rows that are no longer there are forgotten */
export function createNoticeRows(tasks: ReadonlyMap<string, MemoryRow>): NoticeRows {
  const notices = new Map<string, NoticeRow>()

  function record(given: NoticeOutcome, now: number): void {
    const key = keyOf(given.taskId, given.target)
    const notice = notices.get(key)
    if (!notice || notice.diedAt !== undefined) return
    if (given.outcome === 'delivered') return void notices.delete(key)
    if (given.attempt !== notice.attempt) return
    notice.reason = toShownText(given.reason)
    if (given.outcome === 'dead' || now + given.delayMs > notice.giveUpAt) return bury(notice, now)
    notice.dueAt = now + given.delayMs
  }

  function forgetOld(now: number): void {
    for (const [key, { row, diedAt, dueAt }] of notices) {
      if (!tasks.has(row.input.taskId) || (diedAt !== undefined && dueAt <= now)) notices.delete(key)
    }
  }

  return {
    add(row, given, now) {
      if (!isTerminal(row.status)) return
      for (const target of given?.[row.status] ?? []) {
        const giveUpAt = now + NOTICE_LIFE_MS
        const notice = { row, target, attempt: 0, dueAt: now, giveUpAt, diedAt: undefined, reason: undefined }
        notices.set(keyOf(row.input.taskId, target), notice)
      }
    },
    take({ outcomes, targets, limit, leaseMs }, now) {
      for (const outcome of outcomes) record(outcome, now)
      forgetOld(now)
      const due = [...notices.values()].filter(({ diedAt, dueAt }) => diedAt === undefined && dueAt <= now)
      for (const notice of due) if (notice.giveUpAt <= now) bury(notice, now)
      const justTold = new Set(outcomes.map(({ taskId, target }) => keyOf(taskId, target)))
      const taken = due
        .filter((notice) => notice.diedAt === undefined && targets.includes(notice.target))
        .filter(({ row, target }) => !justTold.has(keyOf(row.input.taskId, target)))
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
      for (const notice of taken) Object.assign(notice, { attempt: notice.attempt + 1, dueAt: now + leaseMs })
      return taken.map(({ row, target, attempt }) => ({ task: toListedTask(row), target, attempt }))
    },
    forget(row) {
      for (const [key, notice] of notices) if (notice.row === row) notices.delete(key)
    },
    hasDue: (now) => [...notices.values()].some(({ dueAt }) => dueAt <= now),
    stats(tenantId) {
      const own = [...notices.values()].filter(({ row }) => tenantId === undefined || row.input.tenantId === tenantId)
      const dead = own.flatMap(({ diedAt, ...notice }) => (diedAt === undefined ? [] : [{ ...notice, diedAt }]))
      // Among notices that died in the same millisecond, the youngest comes first.
      const latest = dead
        .toReversed()
        .toSorted((a, b) => b.diedAt - a.diedAt)
        .slice(0, LATEST_DEAD)
      if (own.length === 0) return {}
      const counts = { waiting: own.length - dead.length, dead: dead.length }
      return {
        notices: {
          ...counts,
          latestDead: latest.map(({ row, target, attempt, reason = NEVER_TAKEN, diedAt }) => ({
            taskId: row.input.taskId,
            target,
            attempts: attempt,
            reason,
            diedAt: toIsoTime(diedAt),
          })),
        },
      }
    },
  }
}

function bury(notice: NoticeRow, now: number): void {
  notice.diedAt = now
  notice.dueAt = now + DEAD_NOTICE_MS
}

function keyOf(taskId: string, target: string): string {
  return JSON.stringify([taskId, target])
}
