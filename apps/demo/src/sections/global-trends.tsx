import { lazy } from 'react'
import { defineSection } from './section.ts'
import { TREND_SEARCH } from './shared-fields.ts'

const GlobalTrendsView = lazy(async () => ({
  default: (await import('../results/trends/global-trends-view.tsx')).GlobalTrendsView,
}))

export const globalTrends = defineSection<'GENERATE_GLOBAL_TRENDS'>({
  type: 'GENERATE_GLOBAL_TRENDS',
  path: 'global-trends',
  group: 'Trends',
  icon: 'globe',
  name: 'Global Trends',
  plural: 'Global trends',
  action: 'Generate Global Trends',
  formTitle: 'New global trends',
  lead: 'The same question in several countries: where a trend began, who followed after how many days, and what to mind there.',
  invitation: 'Look across borders',
  fields: {
    topic: TREND_SEARCH.topic,
    keywords: TREND_SEARCH.keywords,
    window: TREND_SEARCH.window,
    regions: { label: 'Regions', hint: 'At least two.', missing: 'Pick at least two regions.' },
    limit: TREND_SEARCH.limit,
    language: TREND_SEARCH.language,
  },
  start: () => ({ regions: ['DE', 'GB'] }),
  example: ({ trendTopic, regions }) => ({ topic: trendTopic, window: 'month', limit: 5, regions }),
  renderResult: (result) => <GlobalTrendsView result={result} />,
})
