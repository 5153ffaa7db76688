import type { TrendMedium, TrendWindow } from '@brandkit/core/brand-tasks'
import type { FeedItem } from '../feeds/feed-item.ts'
import { capitalise, shorten } from '../words.ts'
import { type SeriesPoint, WINDOW_PARTS } from './count-mentions.ts'
import type { Burst } from './detect-burst.ts'
import { byBurst } from './survey-trends.ts'

export interface TrendSource {
  title: string
  url: string
}

const MOST_SOURCES = 4

/** The newest items with different titles. */
export function sourcesOf(items: readonly FeedItem[]): TrendSource[] {
  const byTitle = new Map<string, TrendSource>()
  for (const { title, url } of items.toSorted((one, other) => other.at - one.at)) {
    if (!byTitle.has(title)) byTitle.set(title, { title, url })
  }
  return [...byTitle.values()].slice(0, MOST_SOURCES)
}

/** The medium of most of the items. */
export function mainMediumOf(items: readonly FeedItem[]): TrendMedium {
  return mostOf(items.map(({ medium }) => medium)) ?? 'news'
}

/** The most frequent value of the list; the first of equally frequent ones. */
export function mostOf<Value extends string>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

interface DescribeTrendOptions extends Burst {
  name: string
  series: readonly SeriesPoint[]
  window: TrendWindow
  sources: readonly TrendSource[]
  /** The place with the most mentions: "news", "groups". */
  place: string
}

/** The message of the numbers, in two or three sentences. */
export function describeTrend({ name, series, window, sources, place, ...burst }: DescribeTrendOptions): string {
  const { partName } = WINDOW_PARTS[window]
  const { latest, usual, total } = summarise(series)
  const numbers =
    `${capitalise(name)}: ${total} ${total === 1 ? 'mention' : 'mentions'} in a ${window}, ${latest} of them in the last ${partName}, ` +
    `where ${format(usual)} ${usual === 1 ? 'is' : 'are'} usual; loudest in ${place}.`
  const heard = sources[0] ? ` Heard: “${shorten(sources[0].title, 120)}”.` : ''
  return `${numbers} ${verdictOf(burst)}${heard}`
}

function verdictOf({ direction, burstScore }: Burst): string {
  if (burstScore >= 3) return 'That is a burst.'
  if (direction === 'rising') return 'It is growing, without a jump.'
  return direction === 'falling' ? 'It is cooling down.' : 'That is business as usual.'
}

/** The latest value, the mean of the earlier values, and the sum. */
export function summarise(series: readonly SeriesPoint[]): { latest: number; usual: number; total: number } {
  const values = series.map(({ mentions }) => mentions)
  const total = values.reduce((sum, value) => sum + value, 0)
  const latest = values.at(-1) ?? 0
  return { latest, usual: Math.round(((total - latest) / Math.max(1, values.length - 1)) * 10) / 10, total }
}

export function format(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value)
}

interface FoundTrend {
  trendKey: string
  name: string
  sources: TrendSource[]
}

interface RankOptions<Found> {
  window: TrendWindow
  series: readonly { trendKey: string; series: SeriesPoint[] }[]
  bursts: readonly ({ trendKey: string } & Burst)[]
  /** The place with the most mentions: "news", "groups". */
  placeOf: (found: Found) => string
}

/** The trends of a survey with counts, burst and a summary; the strongest burst first. */
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
