import type * as z from 'zod'
import type { trendFields } from '../brand-tasks/trend.schema.js'

/** A trend as all three trend tasks report it. */
export const exampleTrend: z.output<typeof trendFields.trend> = {
  trendKey: 'slow-camping',
  name: 'Slow camping',
  summary: 'Staying put instead of moving on.',
  series: [
    { at: '2027-03-01T00:00:00Z', mentions: 0 },
    { at: '2027-03-02T00:00:00Z', mentions: 40 },
  ],
  sources: [{ title: 'A forum', url: 'https://example.com/slow' }],
  burstScore: 3.2,
  growth: null,
  direction: 'rising',
}
