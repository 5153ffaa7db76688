import { lazy } from 'react'
import { nextMonday } from '../brands/next-monday.ts'
import { MEDIA_CHANNEL_NAMES, OBJECTIVE_NAMES } from '../results/media-plan/media-plan-names.ts'
import { defineSection } from './section.ts'
import { AUDIENCE, BUDGET, CURRENCY, START_DATE, WEEKS } from './shared-fields.ts'

const MediaPlanView = lazy(async () => ({
  default: (await import('../results/media-plan/media-plan-view.tsx')).MediaPlanView,
}))

export const mediaPlan = defineSection<'GENERATE_MEDIA_PLAN'>({
  type: 'GENERATE_MEDIA_PLAN',
  path: 'media-plan',
  group: 'Strategy',
  icon: 'calendar',
  name: 'Media Plan',
  plural: 'Media plans',
  action: 'Generate Media Plan',
  formTitle: 'New media plan',
  lead: 'Where to spend, how much and when: channels that fit the audience, a split that adds up, an estimate of reach and a calendar.',
  invitation: 'Plan a campaign',
  fields: {
    campaignName: { label: 'Campaign name', placeholder: 'Spring collection', missing: 'Give the campaign a name.' },
    objective: { label: 'Objective', choices: OBJECTIVE_NAMES },
    budget: BUDGET,
    currency: CURRENCY,
    startDate: START_DATE,
    weeks: WEEKS,
    channels: { label: 'Channels', missing: 'Pick at least one channel.', choices: MEDIA_CHANNEL_NAMES },
    audience: { ...AUDIENCE, missing: 'Describe who should see the campaign.' },
    notes: { label: 'Notes (optional)' },
  },
  start: (today) => ({
    objective: 'awareness',
    budget: 25_000,
    startDate: nextMonday(today),
    weeks: 8,
    channels: ['search', 'social', 'video', 'email'],
  }),
  example: (brand, today) => ({
    campaignName: brand.campaign,
    objective: 'awareness',
    budget: 40_000,
    currency: 'EUR',
    startDate: nextMonday(today),
    weeks: 8,
    channels: ['search', 'social', 'video', 'audio', 'out-of-home', 'influencer'],
    audience: brand.audience,
  }),
  renderResult: (result) => <MediaPlanView result={result} />,
})
