const DAY_MS = 24 * 60 * 60_000

/** The days from the Monday before the first date to the Sunday after the last, as weeks of ISO 8601 dates. */
export function toWeeks(dates: readonly string[]): string[][] {
  const [first, last] = [dates.toSorted()[0], dates.toSorted().at(-1)]
  if (first === undefined || last === undefined) return []
  const start = new Date(`${first}T00:00:00Z`)
  const monday = start.getTime() - ((start.getUTCDay() + 6) % 7) * DAY_MS
  const weeks = Math.floor((Date.parse(`${last}T00:00:00Z`) - monday) / (7 * DAY_MS)) + 1
  return Array.from({ length: weeks }, (_week, week) =>
    Array.from({ length: 7 }, (_day, day) => new Date(monday + (week * 7 + day) * DAY_MS).toISOString().slice(0, 10)),
  )
}
