import * as z from 'zod'
import { lazily } from '../lazily.js'
import { defineTask } from '../task-catalog.js'
import { distinctList, fields } from './fields.schema.js'
import { trendFields } from './trend.schema.js'
import { TREND_WINDOWS } from './vocabulary.js'

export const globalTrends = lazily(() => {
  const { provenance, region } = fields
  const { trend, trendBurst, trendKey, trendSearch, trendSeries } = trendFields
  /** The spread of a trend: its origin, and the delay of each following region in days. */
  const spread = z.array(
    z.object({ trendKey, origin: region, followers: z.array(z.object({ region, lagDays: z.number().min(0) })) }),
  )
  /** The meaning of a trend in one region: a joke in one place may offend in another. */
  const localAngles = z.array(z.object({ region, trendKey, angle: z.string(), caution: z.string() }))

  return defineTask({
    title: ({ payload }) => `Global trends: ${payload.topic}`,
    payload: trendSearch.extend({
      /** At least two regions; GENERATE_TRENDS is the task for a single region. */
      regions: distinctList(region, { min: 2, max: 20 }),
    }),
    steps: {
      series: {
        title: 'Counting in every region',
        weight: 3,
        output: z.array(z.object({ region, trendKey, series: trendSeries })),
      },
      bursts: { title: 'Detecting bursts', output: z.array(trendBurst.extend({ region, trendKey })) },
      spread: { title: 'Following trends across borders', output: spread },
      localAngles: { title: 'Adapting to each region', weight: 2, output: localAngles },
    },
    result: z.object({
      trendReportId: z.string(),
      topic: z.string(),
      window: z.enum(TREND_WINDOWS),
      /** Regions in the requested order; inside each region the strongest burst comes first. */
      regions: z.array(z.object({ region, trends: z.array(trend) })).min(1),
      spread,
      localAngles,
      ...provenance,
    }),
  })
})
