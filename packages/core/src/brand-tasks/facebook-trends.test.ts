import { describeBrandTask } from '../testing/describe-brand-task.js'
import { exampleTrend } from '../testing/example-trend.js'

describeBrandTask('GENERATE_FACEBOOK_TRENDS', {
  payload: {
    topic: 'Camping',
    keywords: ['tent'],
    window: 'week',
    limit: 5,
    language: 'en',
    surfaces: ['groups'],
    region: 'SE',
  },
  title: 'Facebook trends: Camping',
  id: 'trendReportId',
  refused: [
    ['surfaces', { surfaces: [] }],
    ['surfaces.0', { surfaces: ['wall'] }],
    ['topic', { topic: 'x'.repeat(121) }],
  ],
  result: {
    trendReportId: 'report-2',
    topic: 'Camping',
    window: 'week',
    trends: [{ ...exampleTrend, surface: 'groups', engagement: { reactions: 10, comments: 3, shares: 1, rate: 0.02 } }],
    posting: [{ trendKey: 'slow-camping', postKind: 'photo', hours: [19, 7], draft: 'Where did you stay longest?' }],
  },
})
