import type { FacebookPostKind, TrendDirection, TrendWindow } from '@brandkit/core/brand-tasks'
import type { Engagement, FeedItem } from '../feeds/parse-feed.ts'
import { mean } from './split-by-weight.ts'

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

export interface Burst {
  burstScore: number
  growth: number | null
  direction: TrendDirection
}

/** From this score on, the latest value is more than chance. The same limit compares the last third with the first. */
const SURE = 2

/**
 * Measures sudden growth. The base line is every value before the latest. The score is its z-score,
 * `(latest − mean) ÷ deviation`. The deviation is that of the base line, but at least the square root of the mean
 * (Poisson: the chance error of counting), and at least one mention. So three mentions after silence score 3, one mention
 * scores 1, and a daily mention that doubles is no burst. (The Poisson model for trends in counted talk: Hendrickson,
 * Kolb, Lehman and Montague, "Trend Detection in Social Data", 2015; for states of bursts see Kleinberg, "Bursty and
 * Hierarchical Structure in Streams", 2002.)
 *
 * A trend rises with a score of 2 or more, or when its last third is 2 deviations above the first,
 * `(late − early) ÷ √(late + early)`. It falls in the opposite case.
 *
 * @param values mentions, oldest first; at least two
 */
export function detectBurst(values: readonly number[]): Burst {
  const latest = values.at(-1) ?? 0
  const base = values.slice(0, -1)
  const level = base.length === 0 ? 0 : mean(base)
  const variance = base.length < 2 ? 0 : base.reduce((sum, value) => sum + (value - level) ** 2, 0) / (base.length - 1)
  const deviation = Math.sqrt(Math.max(variance, level, 1))
  const burstScore = Math.round(((latest - level) / deviation) * 100) / 100

  const [first = 0] = values
  return {
    burstScore,
    growth: first === 0 ? null : Math.round((latest / first - 1) * 100) / 100,
    direction: directionOf(values, burstScore),
  }
}

function directionOf(values: readonly number[], burstScore: number): TrendDirection {
  const third = Math.max(1, Math.floor(values.length / 3))
  const early = total(values.slice(0, third))
  const late = total(values.slice(-third))
  const change = early + late === 0 ? 0 : (late - early) / Math.sqrt(early + late)
  if (burstScore >= SURE || change >= SURE) return 'rising'
  return burstScore <= -SURE || change <= -SURE ? 'falling' : 'steady'
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

export interface Spread {
  trendKey: string
  origin: string
  followers: { region: string; lagDays: number }[]
}

/** Talk begins when this part of a region's mentions is reached, so that one stray early mention does not count. */
const BEGUN = 0.2
/** A region with less than this part of the largest region's mentions cannot be the origin. */
const ORIGINAL = 0.5

/**
 * The origin and the followers of a trend. A region's talk begins when a fifth of its mentions in the window is reached.
 * The earliest region is the origin. The others follow with their delay in days with one digit, earliest first.
 *
 * @param times milliseconds since 1970, by region; at least one region with at least one time
 */
export function followSpread(trendKey: string, times: ReadonlyMap<string, readonly number[]>): Spread | undefined {
  const begun = [...times]
    .flatMap(([region, list]) => {
      const ordered = list.toSorted((one, other) => one - other)
      const at = ordered[Math.ceil(ordered.length * BEGUN) - 1]
      return at === undefined ? [] : [{ region, at, mentions: list.length }]
    })
    .toSorted((one, other) => one.at - other.at || (one.region < other.region ? -1 : 1))
  const most = Math.max(0, ...begun.map(({ mentions }) => mentions))
  const first = begun.find(({ mentions }) => mentions >= most * ORIGINAL)
  if (!first) return undefined
  return {
    trendKey,
    origin: first.region,
    followers: begun
      .filter(({ region }) => region !== first.region)
      .map(({ region, at }) => ({ region, lagDays: Math.max(0, Math.round(((at - first.at) / DAY_MS) * 10) / 10) })),
  }
}

interface EngagementSum {
  reactions: number
  comments: number
  shares: number
  /** Interactions divided by people reached, 0 to 1. */
  rate: number
}

const NOTHING: Engagement = { views: 0, reactions: 0, comments: 0, shares: 0 }
/** Every group gets this many extra views of an average post, so that one lucky post does not decide. */
const PRIOR_VIEWS = 4_000
const MOST_HOURS = 3

/** The sums over all posts. */
export function sumEngagement(items: readonly FeedItem[]): EngagementSum {
  const { views, reactions, comments, shares } = add(items)
  const rate = views === 0 ? 0 : Math.min(1, (reactions + comments + shares) / views)
  return { reactions, comments, shares, rate: Math.round(rate * 10_000) / 10_000 }
}

/**
 * The kind of post with the best rate. Each rate is shrunk towards the rate of all posts by adding 4,000 views at that
 * rate (an empirical Bayes estimate).
 */
export function bestKind(items: readonly FeedItem[], all: readonly FeedItem[]): FacebookPostKind | undefined {
  const kinds = [...new Set(items.flatMap(({ kind }) => kind ?? []))]
  return rankBy(kinds, (kind) => items.filter((item) => item.kind === kind), all)[0]
}

/** The publishers' hours of the day with the best rate, shrunk in the same way; at most three, best first. */
export function bestHours(items: readonly FeedItem[], all: readonly FeedItem[]): number[] {
  const hours = [...new Set(items.map(({ localHour }) => localHour))]
  return rankBy(hours, (hour) => items.filter((item) => item.localHour === hour), all).slice(0, MOST_HOURS)
}

function rankBy<Key extends string | number>(
  keys: readonly Key[],
  itemsOf: (key: Key) => readonly FeedItem[],
  all: readonly FeedItem[],
): Key[] {
  const prior = sumEngagement(all).rate
  return keys
    .map((key) => {
      const { views, reactions, comments, shares } = add(itemsOf(key))
      return { key, rate: (reactions + comments + shares + prior * PRIOR_VIEWS) / (views + PRIOR_VIEWS) }
    })
    .toSorted((one, other) => other.rate - one.rate || (one.key < other.key ? -1 : 1))
    .map(({ key }) => key)
}

function add(items: readonly FeedItem[]): Engagement {
  return items.reduce(
    (sum, { engagement = NOTHING }) => ({
      views: sum.views + engagement.views,
      reactions: sum.reactions + engagement.reactions,
      comments: sum.comments + engagement.comments,
      shares: sum.shares + engagement.shares,
    }),
    NOTHING,
  )
}
