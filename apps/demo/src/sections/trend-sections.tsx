import { lazy } from 'react'
import { defineSection, TREND_SEARCH } from './section.ts'

const FacebookTrendsView = lazy(async () => ({
  default: (await import('../results/trends-views.tsx')).FacebookTrendsView,
}))

export const facebookTrends = defineSection<'GENERATE_FACEBOOK_TRENDS'>({
  type: 'GENERATE_FACEBOOK_TRENDS',
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
    surfaces: { label: 'Places', missing: 'Pick at least one place.' },
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

const TrendsView = lazy(async () => ({ default: (await import('../results/trends-views.tsx')).TrendsView }))

export const trends = defineSection<'GENERATE_TRENDS'>({
  type: 'GENERATE_TRENDS',
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
    media: { label: 'Media', missing: 'Pick at least one medium.' },
    region: { label: 'Region (optional)', width: 'half' },
    limit: TREND_SEARCH.limit,
    language: TREND_SEARCH.language,
  },
  start: () => ({}),
  example: ({ trendTopic }) => ({ topic: trendTopic, window: 'month', limit: 6 }),
  renderResult: (result) => <TrendsView result={result} />,
})

const GlobalTrendsView = lazy(async () => ({
  default: (await import('../results/trends-views.tsx')).GlobalTrendsView,
}))

export const globalTrends = defineSection<'GENERATE_GLOBAL_TRENDS'>({
  type: 'GENERATE_GLOBAL_TRENDS',
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
