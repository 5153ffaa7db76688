import { describeBrandTask } from '../testing/describe-brand-task.js'

describeBrandTask('GENERATE_FUNNEL_CAMPAIGN', {
  payload: {
    campaignName: 'Lamp club',
    offer: 'A lamp a year, repaired for ever',
    audience: 'Owners of one lamp',
    goal: 'sign-ups',
    stages: ['awareness', 'conversion'],
    budget: 5_000,
    currency: 'SEK',
    conversionValue: 120.5,
    startDate: '2027-03-01',
    weeks: 8,
    language: 'en',
  },
  title: 'Funnel campaign: Lamp club',
  id: 'funnelCampaignId',
  refused: [
    ['stages', { stages: ['awareness'] }],
    ['stages', { stages: ['awareness', 'awareness'] }],
    ['goal', { goal: 'fame' }],
    ['conversionValue', { conversionValue: -1 }],
    ['conversionValue', { conversionValue: Infinity }],
    ['budget', { budget: 0 }],
  ],
  result: {
    funnelCampaignId: 'funnel-1',
    campaignName: 'Lamp club',
    goal: 'sign-ups',
    currency: 'SEK',
    totalBudget: 5_000,
    startDate: '2027-03-01',
    stages: [
      { stage: 'awareness', objective: 'Be seen', message: 'Lamps can last.', share: 0.6, amount: 3_000 },
      { stage: 'conversion', objective: 'Win members', message: 'Join the club.', share: 0.4, amount: 2_000 },
    ],
    assets: [
      { stage: 'awareness', kind: 'video', title: 'The oldest lamp', brief: 'One minute', callToAction: 'See more' },
    ],
    mails: [{ stage: 'conversion', day: 3, subject: 'Your lamp', text: 'It can be repaired.' }],
    forecast: {
      stages: [{ stage: 'awareness', people: 20_000, conversionRate: 0.05, kpi: 'impressions', target: 60_000 }],
      conversions: 0,
      costPerConversion: null,
      revenue: 0,
    },
  },
})
