import { lazy } from 'react'
import { nextMonday } from '../brands/next-monday.ts'
import { STAGE_NAMES } from '../results/funnel/stage-names.ts'
import { defineSection } from './section.ts'
import { AUDIENCE, BUDGET, CURRENCY, LANGUAGE, START_DATE, WEEKS } from './shared-fields.ts'

const FunnelView = lazy(async () => ({ default: (await import('../results/funnel/funnel-view.tsx')).FunnelView }))

export const funnelCampaign = defineSection<'GENERATE_FUNNEL_CAMPAIGN'>({
  type: 'GENERATE_FUNNEL_CAMPAIGN',
  path: 'funnel-campaign',
  group: 'Strategy',
  icon: 'funnel',
  name: 'Funnel Campaign',
  plural: 'Funnel campaigns',
  action: 'Generate Funnel Campaign',
  formTitle: 'New funnel campaign',
  lead: 'From stranger to promoter: a message for each stage, the assets and mails that carry it, and a forecast of what comes out.',
  invitation: 'Build a funnel',
  fields: {
    campaignName: { label: 'Campaign name', missing: 'Give the campaign a name.' },
    offer: {
      label: 'Offer',
      hint: 'What is offered, and what makes it worth having.',
      missing: 'Say what is offered.',
    },
    audience: { ...AUDIENCE, missing: 'Describe who should buy.' },
    goal: {
      label: 'Goal',
      choices: { leads: 'Leads', sales: 'Sales', 'sign-ups': 'Sign-ups', bookings: 'Bookings' },
    },
    stages: { label: 'Stages', hint: 'At least two.', missing: 'Pick at least two stages.', choices: STAGE_NAMES },
    budget: BUDGET,
    currency: CURRENCY,
    conversionValue: {
      label: 'Worth of one success',
      hint: 'In the same currency.',
      missing: 'Say what one success is worth.',
      width: 'half',
    },
    weeks: WEEKS,
    startDate: START_DATE,
    language: LANGUAGE,
  },
  start: (today) => ({ goal: 'sales', budget: 20_000, conversionValue: 60, startDate: nextMonday(today) }),
  example: ({ campaign, offer, audience, orderValue }, today) => ({
    campaignName: campaign,
    offer,
    audience,
    goal: 'sales',
    budget: 24_000,
    conversionValue: orderValue,
    startDate: nextMonday(today),
    weeks: 10,
  }),
  renderResult: (result) => <FunnelView result={result} />,
})
