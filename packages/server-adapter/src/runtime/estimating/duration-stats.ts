import type { DurationStats } from '@brandkit/core'

/**
 * Median and 95th percentile, interpolated linearly between neighbours (type 7 of Hyndman and Fan, 1996); zeros without
 * durations.
 *
 * @param durations in milliseconds, in any order
 */
export function toDurationStats(durations: readonly number[]): DurationStats {
  const sorted = durations.toSorted((a, b) => a - b)
  return { count: sorted.length, medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) }
}

function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? 0
  const above = sorted[Math.ceil(position)] ?? below
  return Math.round(below + (above - below) * (position % 1))
}
