import * as z from 'zod'
import { lazily } from '../lazily.js'
import { distinctList, fields, requiredText } from './fields.schema.js'
import { TREND_DIRECTIONS, TREND_WINDOWS } from './vocabulary.js'

/** Schemas of trends, which all searches share. */
export const trendFields = lazily(() => {
  /** Ties the outputs of the steps together: "slow-living". */
  const trendKey = z.string().min(1)

  /** Mentions over time, oldest first. */
  const trendSeries = z.array(z.object({ at: z.iso.datetime(), mentions: z.number().min(0) })).min(2)

  /** The strength of the sudden growth. */
  const trendBurst = z.object({
    /**
     * Standard deviations of the latest value above the mean of the earlier values (z-score). About 0 is normal, 3 and more
     * is a clear signal, below 0 the trend cools down.
     */
    burstScore: z.number(),
    /** Last value divided by first value, minus 1; `null` when the first is 0. */
    growth: z.number().nullable(),
    direction: z.enum(TREND_DIRECTIONS),
  })

  /** The page on which the trend was seen. Only http and https, so that an app may render it as a link. */
  const trendSource = z.object({ title: z.string(), url: z.url({ protocol: /^https?$/ }) })

  /** A subject that a growing or shrinking number of people talks about. */
  const trend = trendBurst.extend({
    trendKey,
    name: z.string().min(1),
    summary: z.string(),
    series: trendSeries,
    sources: z.array(trendSource),
  })

  /** An opportunity that a trend gives a brand. */
  const trendOpportunity = z.object({ trendKey, angle: z.string(), risk: z.string() })

  /** The fields of every trend search; each task adds its own places to search. */
  const trendSearch = z.strictObject({
    topic: requiredText(120),
    /** Only trends that have to do with these words. Default: words found from the topic. */
    keywords: distinctList(requiredText(60), { max: 20 }).exactOptional(),
    window: z.enum(TREND_WINDOWS).default('week'),
    /** The largest number of trends to report. */
    limit: z.int().min(1).max(50).default(10),
    language: fields.language.default('en'),
  })

  return { trendKey, trendSeries, trendBurst, trendSource, trend, trendOpportunity, trendSearch }
})
