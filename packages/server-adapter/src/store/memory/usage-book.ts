import type { Lease } from '../task-store.js'
import type { UsageQuery, UsageReport, UsageSelection, UsageSum } from '../store-usage.js'
import { type MemoryRow, touch } from './memory-row.js'
import { addTo, attemptsOf, byText, createSpending, NOTHING, spend } from './memory-spending.js'

interface MonthlySum extends UsageSum {
  month: string
  tenantId: string
}

/** The usage of all tasks. Its monthly sums outlive the tasks. */
export interface UsageBook {
  /** Enters a report of an attempt that exists. Returns its row if the report is new. */
  enter(lease: Lease, report: UsageReport, at: Moment): MemoryRow | undefined
  sums(query: UsageQuery, at: Moment): UsageSum[]
  /** Removes the sums of an erased user, and returns their number. Those of tenant, brand, type and model stay. */
  forget(user: { tenantId: string; userId: string }): number
}

interface Moment {
  rows: ReadonlyMap<string, MemoryRow>
  now: number
}

export function createUsageBook(): UsageBook {
  const months = new Map<string, MonthlySum>()

  return {
    enter({ taskId, epoch }, report, { rows, now }) {
      const row = rows.get(taskId)
      if (!row || epoch < 1 || epoch > row.epoch) return undefined
      row.spent ??= createSpending()
      const added = spend(row.spent, report, epoch)
      const { tenantId, userId, brandId, type } = row.input
      const month = toMonth(now)
      for (const amount of added) {
        const { currency } = amount
        const ids = { tenant: tenantId, user: userId, brand: brandId, type, model: amount.model }
        for (const [by, id] of Object.entries(ids) as [keyof typeof ids, string][]) {
          const first = { month, tenantId, by, id, currency, ...NOTHING }
          addTo(months, [month, tenantId, by, id, currency], first, amount)
        }
      }
      if (added.length === 0) return undefined
      touch(row, now)
      return row
    },

    forget({ tenantId, userId }) {
      const own = [...months].filter(([, sum]) => sum.tenantId === tenantId && sum.by === 'user' && sum.id === userId)
      for (const [key] of own) months.delete(key)
      return own.length
    },

    sums({ tenantId, month, sums, limit }, { rows, now }) {
      const isAsked = (owner: string) => tenantId === undefined || owner === tenantId
      const booked = [...months.values()].filter(
        (sum) => sum.month === (month ?? toMonth(now)) && isAsked(sum.tenantId),
      )
      return sums.flatMap((selection) => {
        if (selection.by !== 'attempt') return ofMonth(booked, selection).slice(0, limit)
        const row = rows.get(selection.id)
        return row?.spent && isAsked(row.input.tenantId) ? attemptsOf(row.spent).slice(0, limit) : []
      })
    },
  }
}

/** The selected sums over all given tenants, the greatest cost first. */
function ofMonth(booked: readonly MonthlySum[], { by, id }: UsageSelection): UsageSum[] {
  const sums = new Map<string, UsageSum>()
  for (const sum of booked) {
    if (sum.by !== by || (id !== undefined && sum.id !== id)) continue
    const { currency } = sum
    addTo(sums, [sum.id, currency], { by, id: sum.id, currency, ...NOTHING }, sum)
  }
  return [...sums.values()].toSorted(
    (a, b) =>
      b.costMicros - a.costMicros ||
      b.inputTokens + b.outputTokens - (a.inputTokens + a.outputTokens) ||
      byText(a.id, b.id) ||
      byText(a.currency, b.currency),
  )
}

/** The month in UTC: `2026-11`. */
function toMonth(now: number): string {
  return new Date(now).toISOString().slice(0, 'YYYY-MM'.length)
}
