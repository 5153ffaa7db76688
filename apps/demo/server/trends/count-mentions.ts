import type { TrendWindow } from '@brandkit/core/brand-tasks'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The division of a window: the number of parts, and the length of a part. */
export const WINDOW_PARTS: Readonly<Record<TrendWindow, { parts: number; partMs: number; partName: string }>> = {
  day: { parts: 24, partMs: HOUR_MS, partName: 'hour' },
  week: { parts: 7, partMs: DAY_MS, partName: 'day' },
  month: { parts: 30, partMs: DAY_MS, partName: 'day' },
  quarter: { parts: 13, partMs: 7 * DAY_MS, partName: 'week' },
}

export interface SeriesPoint {
  /** The start of the part. */
  at: string
  mentions: number
}

/** The start of the window that ends with `until`, both in milliseconds since 1970. */
export function startOfWindow(window: TrendWindow, until: number): number {
  const { parts, partMs } = WINDOW_PARTS[window]
  return until - parts * partMs
}

/** Mentions in each part of the window, oldest first. The last part ends with `until`, so all parts have the same length. */
export function countMentions(
  times: readonly number[],
  { window, until }: { window: TrendWindow; until: number },
): SeriesPoint[] {
  const { parts, partMs } = WINDOW_PARTS[window]
  const start = startOfWindow(window, until)
  const counts = Array.from({ length: parts }, () => 0)
  for (const time of times) {
    // A part includes its end: an item published at `until` is the newest.
    const index = Math.ceil((time - start) / partMs) - 1
    const count = counts[index]
    if (count !== undefined) counts[index] = count + 1
  }
  return counts.map((mentions, index) => ({ at: new Date(start + index * partMs).toISOString(), mentions }))
}
