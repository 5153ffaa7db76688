import * as z from 'zod'
import { defineTask } from '../task-catalog.js'
import { distinctList, modelUsage, region } from './fields.schema.js'
import { trend, trendBurst, trendKey, trendSearch, trendSeries } from './trend.schema.js'
import { TREND_WINDOWS } from './vocabulary.js'

/** How a trend travels: where it began, and how many days later each region followed. */
const spread = z.array(
  z.object({ trendKey, origin: region, followers: z.array(z.object({ region, lagDays: z.number().min(0) })) }),
)
/** What a trend means in one place: the same thing may be a joke here and an offence there. */
const localAngles = z.array(z.object({ region, trendKey, angle: z.string(), caution: z.string() }))

export const globalTrends = defineTask({
  title: ({ payload }) => `Global trends: ${payload.topic}`,
  payload: trendSearch.extend({
    /** At least two: one alone is a job for GENERATE_TRENDS. */
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
    /** In the order asked for; strongest burst first inside each. */
    regions: z.array(z.object({ region, trends: z.array(trend) })).min(1),
    spread,
    localAngles,
    /** Missing if there was no model. */
    usage: modelUsage.exactOptional(),
  }),
})
