import { lazy } from 'react'
import { SURFACE_NAMES } from '../results/trends/trend-names.ts'
import { defineSection } from './section.ts'
import { TREND_SEARCH } from './shared-fields.ts'

const FacebookTrendsView = lazy(async () => ({
  default: (await import('../results/trends/facebook-trends-view.tsx')).FacebookTrendsView,
}))

export const facebookTrends = defineSection<'GENERATE_FACEBOOK_TRENDS'>({
  type: 'GENERATE_FACEBOOK_TRENDS',
  path: 'facebook-trends',
  group: 'Trends',
  icon: 'thumb',
  name: 'Facebook Trends',
  plural: 'Facebook trends',
  action: 'Generate Facebook Trends',
  formTitle: 'New Facebook trends',
  lead: 'What pages, groups and reels talk about more than they used to, and which post to answer it with, at which hour.',
  invitation: 'Listen to Facebook',
  fields: {
    topic: TREND_SEARCH.topic,
    keywords: TREND_SEARCH.keywords,
    window: TREND_SEARCH.window,
    surfaces: { label: 'Places', missing: 'Pick at least one place.', choices: SURFACE_NAMES },
    region: { label: 'Region (optional)', width: 'half' },
    limit: TREND_SEARCH.limit,
    language: TREND_SEARCH.language,
  },
  start: () => ({}),
  example: ({ trendTopic }) => ({
    topic: trendTopic,
    window: 'month',
    limit: 6,
    surfaces: ['pages', 'groups', 'reels', 'events', 'marketplace'],
  }),
  renderResult: (result) => <FacebookTrendsView result={result} />,
})
