import {
  FACEBOOK_SURFACES,
  type FacebookPostKind,
  type FacebookSurface,
  TREND_MEDIA,
  type TrendMedium,
} from '@brandkit/core/brand-tasks'
import * as z from 'zod'

export interface Engagement {
  /** The number of people who saw it. */
  views: number
  reactions: number
  comments: number
  shares: number
}

/** One published item; trends are counted from these. */
export interface FeedItem {
  title: string
  /** http or https. */
  url: string
  /** Milliseconds since 1970. */
  at: number
  /** The hour on the publisher's clock, 0 to 23, by the offset of the date. */
  localHour: number
  /** Categories as written, without those for region, medium or kind. */
  tags: string[]
  medium: TrendMedium
  /** Two letters of ISO 3166-1. */
  region?: string
  surface?: FacebookSurface
  kind?: FacebookPostKind
  engagement?: Engagement
}

/** A list of feeds, as `TREND_FEEDS` names it. It holds the facts that a feed does not state about itself. */
export const feedListSchema = z
  .array(
    z.strictObject({
      /** An http(s) address, or a file beside the list. */
      source: z.string().min(1),
      medium: z.enum(TREND_MEDIA),
      /** The region of its readers. A category with the domain "region" sets the region of one item. */
      region: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .exactOptional(),
      /** Only for feeds of Facebook posts. */
      surface: z.enum(FACEBOOK_SURFACES).exactOptional(),
    }),
  )
  .min(1)

export type FeedSource = z.output<typeof feedListSchema>[number]
