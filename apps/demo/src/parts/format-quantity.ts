/** Whole units of a currency in the reader's format. */
export function formatMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
}

/** What something has cost, to the last cent, and small sums to two digits that say something: $12.30, $0.0012. */
export function formatCost(cost: number, currency: string): string {
  const digits = cost > 0 && cost < 1 ? { maximumSignificantDigits: 2 } : {}
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...digits }).format(cost)
}

/** A calendar day (ISO 8601), independent of the reader's time zone. */
export function formatDay(date: string): string {
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))
}

/** A moment (ISO 8601) in the reader's time zone. */
export function formatMoment(moment: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment))
}

/** A whole number to its last digit: 1,234,567. */
export function formatWhole(count: number): string {
  return new Intl.NumberFormat().format(count)
}

/** Large numbers in short: 1.2M. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 }).format(count)
}

/** A share in [0, 1] as a percentage with at most one digit. */
export function formatShare(share: number): string {
  return new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(share)
}

/** Milliseconds in short: "850 ms", "4.2 s", "3 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = ms / 1_000
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}

/** A value of the catalog in words: "short-video" is "Short video". */
export function toLabel(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1).replaceAll('-', ' ')
}
