import type { FacebookPostKind, FacebookSurface, TrendMedium } from '@brandkit/core'

export interface Engagement {
  /** People who saw it. */
  views: number
  reactions: number
  comments: number
  shares: number
}

/** One thing that somebody published, as trends are counted from it. */
export interface FeedItem {
  title: string
  /** http or https. */
  url: string
  /** Milliseconds since 1970. */
  at: number
  /** The hour on the publisher's clock, 0 to 23, by the offset that the date has. */
  localHour: number
  /** Categories as they are written, without those that say region, medium or kind. */
  tags: string[]
  medium: TrendMedium
  /** Two letters of ISO 3166-1. */
  region?: string
  surface?: FacebookSurface
  kind?: FacebookPostKind
  engagement?: Engagement
}
