import type { TrendWindow } from '@brandkit/core/brand-tasks'
import type { FeedItem } from '../feeds/feed-item.ts'
import { toStems } from '../words.ts'
import { countMentions, type SeriesPoint, startOfWindow } from './count-mentions.ts'
import { type Burst, detectBurst } from './detect-burst.ts'
import { findCategories, findTerms, type Term } from './find-terms.ts'

interface SurveyedTrend extends Term, Burst {
  series: SeriesPoint[]
  /** The part of the trend's mentions that also mention the topic, 0 to 1. */
  relevance: number
}

interface Survey {
  /** Strongest burst first. */
  trends: SurveyedTrend[]
  /** The end of the window: the time of the newest item, in milliseconds since 1970. */
  until: number
  /** The number of mentions in each part of the window; zeros for a trend outside this survey. */
  seriesOf: (trendKey: string) => SeriesPoint[]
}

interface SurveyOptions extends TopicOptions {
  window: TrendWindow
  limit: number
  /** Default: the time of the newest item. */
  until?: number
}

/** The part of a term's mentions that must mention the topic. */
const LEAST_RELEVANCE = 0.25

/**
 * Terms of the items in the window, counted over time and ranked by their sudden growth. Only terms that are mentioned
 * together with the topic count; keywords limit the items to those that mention one. An unmentioned topic has no trends.
 * The window ends with the newest item instead of now, so that the same feeds always give the same trends.
 */
export function surveyTrends(items: readonly FeedItem[], options: SurveyOptions): Survey {
  const until = options.until ?? Math.max(0, ...items.map(({ at }) => at))
  const start = startOfWindow(options.window, until)
  const recent = items.filter(({ at }) => at > start && at <= until)
  const matches = matchTopic(options)
  const matching = new Set(recent.filter(matches))
  const pool = options.keywords ? [...matching] : recent

  const terms = findTerms(pool, { categories: findCategories(items) })
    .filter(({ name }) => !isTopicItself(name, options))
    .map((term) => {
      const series = countMentions(
        term.items.map(({ at }) => at),
        { window: options.window, until },
      )
      const relevance = term.items.filter((item) => matching.has(item)).length / term.items.length
      return Object.assign({ series, relevance }, term, detectBurst(series.map(({ mentions }) => mentions)))
    })
  const trends = terms
    .filter(({ relevance }) => relevance >= LEAST_RELEVANCE)
    .toSorted(byBurst)
    .slice(0, options.limit)
  return {
    trends,
    until,
    seriesOf: (trendKey) =>
      trends.find((trend) => trend.trendKey === trendKey)?.series ??
      countMentions([], { window: options.window, until }),
  }
}

/** The strongest first; the one with more mentions wins a tie. */
export function byBurst(
  one: { burstScore: number; trendKey: string; items?: readonly unknown[] },
  other: { burstScore: number; trendKey: string; items?: readonly unknown[] },
): number {
  return (
    other.burstScore - one.burstScore ||
    (other.items?.length ?? 0) - (one.items?.length ?? 0) ||
    (one.trendKey < other.trendKey ? -1 : 1)
  )
}

interface TopicOptions {
  topic: string
  keywords?: readonly string[] | undefined
}

/** Words of a topic that match too much. */
const VAGUE = toStems(
  'best better big brand brands business daily day everyday free fresh good great home idea ideas life local modern news product products small things tips trend trends week world',
)

/**
 * The items that belong to a topic. With keywords: items that mention all words of a keyword. Without keywords: items that
 * mention a specific word of the topic. The beginnings of words are compared, in titles and tags.
 */
function matchTopic({
  topic,
  keywords,
}: TopicOptions): (item: Pick<FeedItem, 'title'> & { tags?: readonly string[] }) => boolean {
  const phrases = (keywords ?? []).map((keyword) => Array.from(toStems(keyword))).filter((stems) => stems.length > 0)
  const all = [...toStems(topic)]
  const telling = all.filter((stem) => !VAGUE.has(stem))
  const words = telling.length > 0 ? telling : all
  return ({ title, tags = [] }) => {
    const stems = toStems(`${title} ${tags.join(' ')}`)
    if (keywords) return phrases.some((phrase) => phrase.every((stem) => stems.has(stem)))
    return words.some((word) => stems.has(word))
  }
}

/** Whether a term only repeats the topic. */
function isTopicItself(name: string, { topic, keywords = [] }: TopicOptions): boolean {
  const known = toStems([topic, ...keywords].join(' '))
  return [...toStems(name)].every((stem) => known.has(stem))
}
