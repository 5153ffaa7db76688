import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { distinctList, fields } from './fields.schema.js'
import { trendFields } from './trend.schema.js'
import { TREND_MEDIA, TREND_WINDOWS } from './vocabulary.js'

export const trends = lazily(() => {
  const { provenance, region } = fields
  const { trend, trendBurst, trendKey, trendOpportunity, trendSearch, trendSeries, trendSource } = trendFields
  const medium = z.enum(TREND_MEDIA)

  const opportunities = z.array(trendOpportunity)

  return defineTask({
    title: ({ payload }) => `Trends: ${payload.topic}`,
    payload: trendSearch.extend({
      media: distinctList(medium, { max: TREND_MEDIA.length }).default([...TREND_MEDIA]),
      /** Default: all regions. */
      region: region.exactOptional(),
    }),
    steps: {
      mentions: {
        title: 'Collecting mentions',
        weight: 2,
        output: z.array(z.object({ trendKey, name: z.string(), medium, sources: z.array(trendSource) })),
      },
      series: { title: 'Counting over time', output: z.array(z.object({ trendKey, series: trendSeries })) },
      bursts: { title: 'Detecting bursts', output: z.array(trendBurst.extend({ trendKey })) },
      opportunities: { title: 'Spotting opportunities', output: opportunities },
    },
    result: z.object({
      trendReportId: z.string(),
      topic: z.string(),
      window: z.enum(TREND_WINDOWS),
      /** Strongest burst first. */
      trends: z.array(trend.extend({ medium })),
      opportunities,
      ...provenance,
    }),
  })
})
