import { describeBrandTask } from '../testing/describe-brand-task.js'
import { exampleTrend } from '../testing/example-trend.js'

describeBrandTask('GENERATE_TRENDS', {
  payload: {
    topic: 'Camping',
    keywords: ['tent', 'lamp'],
    window: 'month',
    limit: 5,
    language: 'en',
    media: ['forums'],
    region: 'SE',
  },
  title: 'Trends: Camping',
  id: 'trendReportId',
  refused: [
    ['window', { window: 'century' }],
    ['limit', { limit: 51 }],
    ['media.0', { media: ['telegraph'] }],
    ['keywords.1', { keywords: ['tent', ''] }],
    ['region', { region: 'se' }],
  ],
  result: {
    trendReportId: 'report-1',
    topic: 'Camping',
    window: 'month',
    trends: [{ ...exampleTrend, medium: 'forums' }],
    opportunities: [{ trendKey: 'slow-camping', angle: 'A lamp for one place', risk: 'May pass' }],
  },
})
