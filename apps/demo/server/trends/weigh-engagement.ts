import type { FacebookPostKind } from '@brandkit/core/brand-tasks'
import type { Engagement, FeedItem } from '../feeds/feed-item.ts'

export interface EngagementSum {
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
