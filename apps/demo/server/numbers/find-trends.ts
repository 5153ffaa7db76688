import type { TrendWindow } from '@brandkit/core/brand-tasks'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { readKeywords, toKey, toStems } from '../words.ts'
import { type Burst, countMentions, detectBurst, type SeriesPoint, startOfWindow } from './trend-numbers.ts'

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

/** A subject of several items. */
interface Term {
  trendKey: string
  /** The most frequent spelling. */
  name: string
  items: FeedItem[]
}

const FEWEST_MENTIONS = 3
const LONGEST_TAG = 60
/** The part of a term's items that must carry a tag before the tag counts as its category. */
const SUBSUMED = 0.5
/** The part of a term's items that another term shares before both count as one. */
const SAME = 0.6
/** The largest part that two subjects of one category may share. */
const APART = 0.1

/**
 * The subjects of the items: their tags, and pairs and triples of neighbouring words in their titles, counted once for
 * each item. Categories, terms with fewer than three items, and duplicates of another term are left out: tags win over
 * phrases, larger terms over smaller.
 */
function findTerms(items: readonly FeedItem[], { categories }: { categories: ReadonlySet<string> }): Term[] {
  const terms = collect(items, (item) => [...readPhrases(item.title), ...tagsOf(item)])
  const tags = new Set(items.flatMap((item) => tagsOf(item).map(toKey)))
  const ordered = [...terms.values()]
    .filter((term) => term.items.length >= FEWEST_MENTIONS && !categories.has(term.trendKey))
    .toSorted(
      (one, other) =>
        Number(tags.has(other.trendKey)) - Number(tags.has(one.trendKey)) ||
        other.items.length - one.items.length ||
        // The longer of two names that always appear together says more.
        other.name.length - one.name.length ||
        (one.trendKey < other.trendKey ? -1 : 1),
    )
  const kept: { term: Term; set: ReadonlySet<FeedItem> }[] = []
  for (const term of ordered) {
    if (!kept.some(({ set }) => shareIn(term.items, set) >= SAME)) kept.push({ term, set: new Set(term.items) })
  }
  return kept.map(({ term }) => term)
}

/**
 * Tags that are categories of at least two subjects with very few common items. A tag subsumes another when half of the
 * other's items carry it too and it has more items (after Sanderson and Croft, "Deriving concept hierarchies from text",
 * 1999). The test uses all items, since in a quiet week a category may look like its only subject.
 */
function findCategories(items: readonly FeedItem[]): Set<string> {
  const tags = [...collect(items, tagsOf).values()].filter((term) => term.items.length >= FEWEST_MENTIONS)
  const categories = tags.filter(({ items: own }) => {
    const set = new Set(own)
    const below = tags.filter((other) => other.items.length < own.length && shareIn(other.items, set) >= SUBSUMED)
    return below.some((one) => {
      const taken = new Set(one.items)
      return below.some((other) => other !== one && shareIn(other.items, taken) < APART)
    })
  })
  return new Set(categories.map(({ trendKey }) => trendKey))
}

function collect(items: readonly FeedItem[], namesOf: (item: FeedItem) => readonly string[]): Map<string, Term> {
  const terms = new Map<string, Term & { names: Map<string, number> }>()
  for (const item of items) {
    for (const [trendKey, name] of new Map(namesOf(item).map((written) => [toKey(written), written]))) {
      const term = terms.get(trendKey) ?? { trendKey, name, names: new Map<string, number>(), items: [] }
      term.items.push(item)
      term.names.set(name, (term.names.get(name) ?? 0) + 1)
      term.name = mostFrequent(term.names)
      terms.set(trendKey, term)
    }
  }
  return terms
}

function tagsOf({ tags }: FeedItem): string[] {
  return tags.filter((tag) => tag.length > 1 && tag.length <= LONGEST_TAG)
}

function shareIn(items: readonly FeedItem[], set: ReadonlySet<FeedItem>): number {
  return items.filter((item) => set.has(item)).length / items.length
}

/** Pairs and triples of neighbouring words that carry meaning. They do not cross punctuation or a word such as "of". */
function readPhrases(title: string): string[] {
  return title.split(/[^\p{L}\p{N}\s'’-]+/u).flatMap((part) => {
    const words = part.toLowerCase().split(/\s+/).filter(Boolean)
    const telling = words.map((word) => word.length > 2 && readKeywords(word).length === 1)
    return words.flatMap((word, index) => {
      if (!telling[index] || !telling[index + 1]) return []
      const pair = `${word} ${words[index + 1]}`
      return telling[index + 2] ? [pair, `${pair} ${words[index + 2]}`] : [pair]
    })
  })
}

function mostFrequent(names: ReadonlyMap<string, number>): string {
  const [[name] = ['']] = [...names].toSorted(
    ([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1),
  )
  return name
}
