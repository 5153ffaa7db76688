import * as z from 'zod'
import { distinctList, language, requiredText } from './fields.schema.js'
import { TREND_DIRECTIONS, TREND_WINDOWS } from './vocabulary.js'

/** Ties the outputs of the steps together: "slow-living". */
export const trendKey = z.string().min(1)

/** Mentions over time, oldest first. */
export const trendSeries = z.array(z.object({ at: z.iso.datetime(), mentions: z.number().min(0) })).min(2)

/** How suddenly it grew. */
export const trendBurst = z.object({
  /**
   * Standard deviations of the latest value above the mean of the values before it (z-score). About 0 is business as
   * usual, from 3 on something is happening, below 0 it cools down.
   */
  burstScore: z.number(),
  /** Last value over first value, minus 1; `null` when the first is 0. */
  growth: z.number().nullable(),
  direction: z.enum(TREND_DIRECTIONS),
})

/** The page on which it was seen. Only http and https, so that an app may render it as a link. */
export const trendSource = z.object({ title: z.string(), url: z.url({ protocol: /^https?$/ }) })

/** Something that more and more people talk about, or fewer and fewer. */
export const trend = trendBurst.extend({
  trendKey,
  name: z.string().min(1),
  summary: z.string(),
  series: trendSeries,
  sources: z.array(trendSource),
})

/** What a brand could do about a trend. */
export const trendOpportunity = z.object({ trendKey, angle: z.string(), risk: z.string() })

/** What every search for trends asks for; each task adds where to look. */
export const trendSearch = z.strictObject({
  topic: requiredText(120),
  /** Words that must have to do with it. Default: found from the topic. */
  keywords: distinctList(requiredText(60), { max: 20 }).exactOptional(),
  window: z.enum(TREND_WINDOWS).default('week'),
  /** Most trends to report. */
  limit: z.int().min(1).max(50).default(10),
  language: language.default('en'),
})
