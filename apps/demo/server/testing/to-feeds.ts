import type { Feeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'

/** Feeds with exactly these items. */
export function toFeeds(items: readonly FeedItem[]): Feeds {
  return { isSample: false, read: async () => [...items] }
}
