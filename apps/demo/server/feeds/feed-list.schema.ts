import { FACEBOOK_SURFACES, TREND_MEDIA } from '@brandkit/core'
import * as z from 'zod'

/** A list of feeds, as `TREND_FEEDS` names it: what a feed does not say of itself. */
export const feedListSchema = z
  .array(
    z.strictObject({
      /** An http(s) address, or a file beside the list. */
      source: z.string().min(1),
      medium: z.enum(TREND_MEDIA),
      /** Where it is read; a category with the domain "region" says it for one item. */
      region: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .exactOptional(),
      /** For feeds of Facebook posts. */
      surface: z.enum(FACEBOOK_SURFACES).exactOptional(),
    }),
  )
  .min(1)

export type FeedSource = z.output<typeof feedListSchema>[number]
