import type { Feeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'

/** Feeds that hold just these items. */
export function toFeeds(items: readonly FeedItem[]): Feeds {
  return { read: async () => [...items] }
}
