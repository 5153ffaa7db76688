import { describeBrandTask } from '../testing/describe-brand-task.js'

const split = [
  { channel: 'search', amount: 6_000, share: 0.6 },
  { channel: 'social', amount: 4_000, share: 0.4 },
] as const

describeBrandTask('GENERATE_MEDIA_PLAN', {
  payload: {
    campaignName: 'Spring sale',
    objective: 'conversion',
    budget: 10_000,
    currency: 'EUR',
    startDate: '2027-03-01',
    weeks: 2,
    channels: ['search', 'social'],
    audience: 'Young families in cities',
    notes: 'No television.',
  },
  title: 'Media plan: Spring sale',
  id: 'mediaPlanGroupId',
  refused: [
    ['campaignName', { campaignName: '   ' }],
    ['campaignName', { campaignName: 'x'.repeat(121) }],
    ['budget', { budget: 99 }],
    ['budget', { budget: 1_000.505 }],
    ['currency', { currency: 'euro' }],
    ['startDate', { startDate: '2027-02-29' }],
    ['weeks', { weeks: 53 }],
    ['channels', { channels: [] }],
    ['channels', { channels: ['search', 'search'] }],
    ['channels.1', { channels: ['search', 'pigeon'] }],
  ],
  result: {
    mediaPlanGroupId: 'plan-1',
    campaignName: 'Spring sale',
    objective: 'conversion',
    currency: 'EUR',
    totalBudget: 10_000,
    channels: [{ channel: 'search', fit: 0.9, reason: 'They search before they buy.' }],
    budget: [...split],
    reach: [{ channel: 'search', impressions: 100_000, people: 40_000, frequency: 2.5 }],
    calendar: [
      {
        week: 1,
        startDate: '2027-03-01',
        phase: 'launch',
        placements: [{ channel: 'search', amount: 3_000, message: 'Spring is here.' }],
      },
    ],
  },
})
