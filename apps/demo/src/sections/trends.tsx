import { lazy } from 'react'
import { MEDIUM_NAMES } from '../results/trends/trend-names.ts'
import { defineSection } from './section.ts'
import { TREND_SEARCH } from './shared-fields.ts'

const TrendsView = lazy(async () => ({ default: (await import('../results/trends/trends-view.tsx')).TrendsView }))

export const trends = defineSection<'GENERATE_TRENDS'>({
  type: 'GENERATE_TRENDS',
  path: 'trends',
  group: 'Trends',
  icon: 'chart',
  name: 'Trends',
  plural: 'Trends',
  action: 'Generate Trends',
  formTitle: 'New trends',
  lead: 'What is talked about more than usual, measured against what is usual, with sources and what to make of it.',
  invitation: 'See what rises',
  fields: {
    topic: TREND_SEARCH.topic,
    keywords: TREND_SEARCH.keywords,
    window: TREND_SEARCH.window,
    media: { label: 'Media', missing: 'Pick at least one medium.', choices: MEDIUM_NAMES },
    region: { label: 'Region (optional)', width: 'half' },
    limit: TREND_SEARCH.limit,
    language: TREND_SEARCH.language,
  },
  start: () => ({}),
  example: ({ trendTopic }) => ({ topic: trendTopic, window: 'month', limit: 6 }),
  renderResult: (result) => <TrendsView result={result} />,
})
