import type { UsageMonth } from '@brandkit/core'

/** The month in UTC to which a moment belongs. */
export function toUsageMonth(now: number): UsageMonth {
  const date = new Date(now)
  const [month, next] = [0, 1].map((later) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)).toISOString(),
  ) as [string, string]
  return { month: month.slice(0, 'YYYY-MM'.length), endsAt: next }
}
