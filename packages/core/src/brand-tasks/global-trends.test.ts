import { describeBrandTask } from '../testing/describe-brand-task.js'
import { exampleTrend } from '../testing/example-trend.js'

describeBrandTask('GENERATE_GLOBAL_TRENDS', {
  payload: {
    topic: 'Camping',
    keywords: ['tent'],
    window: 'quarter',
    limit: 5,
    language: 'en',
    regions: ['SE', 'JP'],
  },
  title: 'Global trends: Camping',
  id: 'trendReportId',
  refused: [
    ['regions', { regions: ['SE'] }],
    ['regions', { regions: ['SE', 'SE'] }],
    ['regions.1', { regions: ['SE', 'Japan'] }],
  ],
  result: {
    trendReportId: 'report-3',
    topic: 'Camping',
    window: 'quarter',
    regions: [{ region: 'SE', trends: [exampleTrend] }],
    spread: [{ trendKey: 'slow-camping', origin: 'SE', followers: [{ region: 'JP', lagDays: 12 }] }],
    localAngles: [{ region: 'JP', trendKey: 'slow-camping', angle: 'Silence', caution: 'Space is short' }],
  },
})
