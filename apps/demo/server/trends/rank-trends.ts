import type { TrendWindow } from '@brandkit/core'
import type { SeriesPoint } from './count-mentions.ts'
import { describeTrend, type TrendSource } from './describe-trend.ts'
import type { Burst } from './detect-burst.ts'
import { byBurst } from './survey-trends.ts'

interface FoundTrend {
  trendKey: string
  name: string
  sources: TrendSource[]
}

interface RankOptions<Found> {
  window: TrendWindow
  series: readonly { trendKey: string; series: SeriesPoint[] }[]
  bursts: readonly ({ trendKey: string } & Burst)[]
  /** Where it is loudest: "news", "groups". */
  placeOf: (found: Found) => string
}

/** What was found, with its counts, its burst and what they say; the strongest burst first. */
export function rankTrends<Found extends FoundTrend>(
  all: readonly Found[],
  { window, series, bursts, placeOf }: RankOptions<Found>,
): (Found & Burst & { series: SeriesPoint[]; summary: string })[] {
  return all
    .flatMap((found) => {
      const burst = bursts.find(({ trendKey }) => trendKey === found.trendKey)
      if (!burst) return []
      const points = series.find(({ trendKey }) => trendKey === found.trendKey)?.series ?? []
      const summary = describeTrend({ ...found, ...burst, series: points, window, place: placeOf(found) })
      return [{ ...found, ...burst, series: points, summary }]
    })
    .toSorted(byBurst)
}
