import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { distinctList, fields } from './fields.schema.js'
import { FACEBOOK_POST_KINDS, FACEBOOK_SURFACES, TREND_WINDOWS } from './vocabulary.js'
import { trendFields } from './trend.schema.js'

export const facebookTrends = lazily(() => {
  const { provenance, region, share } = fields
  const { trend, trendBurst, trendKey, trendSearch, trendSeries, trendSource } = trendFields
  const surface = z.enum(FACEBOOK_SURFACES)
  const count = z.int().min(0)

  const engagement = z.object({
    reactions: count,
    comments: count,
    shares: count,
    /** Interactions divided by people reached. */
    rate: share,
  })

  /** The best kind of post and the best hours for each trend. */
  const posting = z.array(
    z.object({
      trendKey,
      postKind: z.enum(FACEBOOK_POST_KINDS),
      /** Local hours of the day, 0 to 23, best first. */
      hours: z.array(z.int().min(0).max(23)),
      draft: z.string(),
    }),
  )

  return defineTask({
    title: ({ payload }) => `Facebook trends: ${payload.topic}`,
    payload: trendSearch.extend({
      surfaces: distinctList(surface, { max: FACEBOOK_SURFACES.length }).default(['pages', 'groups', 'reels']),
      region: region.exactOptional(),
    }),
    steps: {
      posts: {
        title: 'Collecting posts',
        weight: 2,
        output: z.array(z.object({ trendKey, name: z.string(), surface, engagement, sources: z.array(trendSource) })),
      },
      series: { title: 'Counting over time', output: z.array(z.object({ trendKey, series: trendSeries })) },
      bursts: { title: 'Detecting bursts', output: z.array(trendBurst.extend({ trendKey })) },
      posting: { title: 'Finding the right post', output: posting },
    },
    result: z.object({
      trendReportId: z.string(),
      topic: z.string(),
      window: z.enum(TREND_WINDOWS),
      /** Strongest burst first. */
      trends: z.array(trend.extend({ surface, engagement })),
      posting,
      ...provenance,
    }),
  })
})
