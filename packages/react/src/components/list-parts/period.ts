/** Calendar days in the user's time zone, as `2027-03-02`. Both are part of the period; without one it has no such end. */
export interface Period {
  from?: string | undefined
  to?: string | undefined
}

/** Periods that end today, by the number of their days. */
export const RECENT_DAYS = { today: 1, week: 7, month: 30 } as const
export type RecentPeriod = keyof typeof RECENT_DAYS

/** @param now milliseconds since the epoch */
export function toPeriod(recent: RecentPeriod, now: number): Period {
  return { from: toDay(startOfDay(now, 1 - RECENT_DAYS[recent])) }
}

/** The name of a period that `toPeriod` made today, `any` for one without ends, and `days` for all others. */
export function nameOfPeriod({ from, to }: Period, now: number): RecentPeriod | 'any' | 'days' {
  if (!from && !to) return 'any'
  if (to) return 'days'
  const recent = (Object.keys(RECENT_DAYS) as RecentPeriod[]).find((name) => toPeriod(name, now).from === from)
  return recent ?? 'days'
}

/** The conditions of a list for tasks that were created in the period. Days that are no dates are left out. */
export function toCreated({ from, to }: Period): { createdAfter?: string; createdBefore?: string } {
  const [first, last] = [parseDay(from), parseDay(to)]
  return {
    // The server looks for tasks after this moment, and midnight itself belongs to the day.
    ...(first && { createdAfter: new Date(first.getTime() - 1).toISOString() }),
    ...(last && { createdBefore: new Date(startOfDay(last.getTime(), 1)).toISOString() }),
  }
}

/** Midnight of the day that is so many days after the day of `ms`. Days of clock changes have other lengths. */
function startOfDay(ms: number, daysLater: number): number {
  const date = new Date(ms)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater).getTime()
}

function toDay(ms: number): string {
  const date = new Date(ms)
  return [pad(date.getFullYear(), 4), pad(date.getMonth() + 1, 2), pad(date.getDate(), 2)].join('-')
}

function pad(part: number, length: number): string {
  return String(part).padStart(length, '0')
}

function parseDay(day: string | undefined): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? []
  if (!year || !month || !date) return undefined
  const parsed = new Date(Number(year), Number(month) - 1, Number(date))
  // `2027-02-31` would become a day in March.
  return toDay(parsed.getTime()) === day ? parsed : undefined
}
