import { lazy } from 'react'
import { OBJECTIVE_NAMES, toLabel } from '../parts/words.ts'
import { calendarFile, csvFile, toCssTokens, toDesignTokens, toFileName, toMark, toPng } from '../results/exports.ts'
import { AUDIENCE, BUDGET, CURRENCY, defineSection, LANGUAGE, nextMonday, START_DATE, WEEKS } from './section.ts'

const MediaPlanView = lazy(async () => ({
  default: (await import('../results/media-plan-view.tsx')).MediaPlanView,
}))

export const mediaPlan = defineSection<'GENERATE_MEDIA_PLAN'>({
  type: 'GENERATE_MEDIA_PLAN',
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
    channels: { label: 'Channels', missing: 'Pick at least one channel.' },
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
  follows: 'AUTO_GENERATE_PERSONAS',
  renderResult: (result) => <MediaPlanView result={result} />,
  exports: ({ mediaPlanGroupId, campaignName, currency, calendar }) => [
    csvFile(campaignName, () =>
      calendar.flatMap(({ week, startDate, phase, placements }) =>
        placements.map(({ channel, amount, message }) => ({
          week,
          start: startDate,
          phase,
          channel,
          amount,
          currency,
          message,
        })),
      ),
    ),
    calendarFile(campaignName, () =>
      calendar.map(({ week, startDate, phase, placements }) => ({
        key: `${mediaPlanGroupId}-week-${week}`,
        title: `${campaignName}: week ${week}, ${phase}`,
        text: placements
          .map(({ channel, amount, message }) => `${toLabel(channel)}: ${Math.round(amount)} ${currency}. ${message}`)
          .join('\n'),
        date: startDate,
        days: 7,
      })),
    ),
  ],
})

const BrandKitView = lazy(async () => ({
  default: (await import('../results/brand-kit-view.tsx')).BrandKitView,
}))

export const brandKit = defineSection<'GENERATE_BRAND_KIT'>({
  type: 'GENERATE_BRAND_KIT',
  group: 'Strategy',
  icon: 'palette',
  name: 'Brand Kit',
  plural: 'Brand kits',
  action: 'Generate Brand Kit',
  formTitle: 'New brand kit',
  lead: 'A palette whose contrasts are checked, a type scale, a mark and a voice, all grown from what the brand stands for.',
  note: 'A brand has one kit in the making at a time, whoever of the team asks for it.',
  invitation: 'Shape a brand',
  fields: {
    brandName: { label: 'Brand name', placeholder: 'Aurora', missing: 'Give the brand a name.' },
    industry: { label: 'Industry', placeholder: 'Specialty coffee', missing: 'Say what business it is in.' },
    description: {
      label: 'Description',
      hint: 'What the brand does, and for whom.',
      missing: 'Describe what the brand does.',
    },
    values: {
      label: 'Values',
      hint: 'What it stands for, one a line, up to six.',
      missing: 'Name at least one value.',
    },
    traits: { label: 'Character', hint: 'Up to three.', missing: 'Pick at least one trait.' },
    primaryColor: {
      label: 'Main colour (optional)',
      hint: 'If it is settled. Otherwise the character decides.',
      width: 'half',
    },
    language: LANGUAGE,
    logoStyle: {
      label: 'Mark',
      choices: {
        monogram: { name: 'Monogram', hint: 'Initials' },
        wordmark: { name: 'Wordmark', hint: 'The name' },
        symbol: { name: 'Symbol', hint: 'A shape' },
      },
    },
  },
  start: () => ({}),
  example: ({ name, industry, description, values, traits, primaryColor }) => ({
    brandName: name,
    industry,
    description,
    values,
    traits,
    primaryColor,
    logoStyle: 'symbol',
  }),
  renderResult: (result) => <BrandKitView result={result} />,
  exports: (result) => [
    {
      label: 'CSS tokens',
      fileName: `${toFileName(result.brandName)}-tokens.css`,
      mediaType: 'text/css',
      content: () => toCssTokens(result),
    },
    {
      label: 'design tokens',
      fileName: `${toFileName(result.brandName)}.tokens.json`,
      mediaType: 'application/design-tokens+json',
      content: () => toDesignTokens(result),
    },
    {
      label: 'SVG mark',
      fileName: `${toFileName(result.brandName)}-mark.svg`,
      mediaType: 'image/svg+xml',
      content: () => toMark(result),
    },
    {
      label: 'PNG mark',
      fileName: `${toFileName(result.brandName)}-mark.png`,
      mediaType: 'image/png',
      content: () => toPng(result),
    },
  ],
})

const PersonasView = lazy(async () => ({
  default: (await import('../results/personas-view.tsx')).PersonasView,
}))

export const personas = defineSection<'AUTO_GENERATE_PERSONAS'>({
  type: 'AUTO_GENERATE_PERSONAS',
  group: 'Strategy',
  icon: 'people',
  name: 'Personas',
  plural: 'Personas',
  action: 'Generate Personas',
  formTitle: 'New personas',
  lead: 'An audience as people one could meet: who they are, what they want, where to find them, and what to tell them.',
  invitation: 'Meet the audience',
  fields: {
    audienceName: {
      label: 'Audience in a few words',
      placeholder: 'Young families',
      missing: 'Name the audience.',
    },
    audience: { ...AUDIENCE, label: 'What is known of them', missing: 'Describe who they are.' },
    offer: { label: 'Offer', hint: 'What they are to buy or use.', missing: 'Say what is offered.' },
    region: { label: 'Region (optional)', width: 'half' },
    count: { label: 'How many', width: 'half' },
    language: LANGUAGE,
  },
  start: () => ({}),
  example: ({ audienceName, audience, offer, region }) => ({ audienceName, audience, offer, region, count: 4 }),
  follows: 'GENERATE_BRAND_KIT',
  renderResult: (result) => <PersonasView result={result} />,
  exports: ({ audienceName, personas: people }) => [
    csvFile(audienceName, () =>
      people.map(({ name, age, occupation, story, quote, goals, frustrations, decisionStyle, touchpoints }) => ({
        name,
        age,
        occupation,
        story,
        quote,
        wants: goals.join('; '),
        'is tired of': frustrations.join('; '),
        decides: decisionStyle,
        'meet at': touchpoints.map(({ touchpoint }) => touchpoint).join('; '),
      })),
    ),
  ],
})

const FunnelView = lazy(async () => ({ default: (await import('../results/funnel-view.tsx')).FunnelView }))

export const funnelCampaign = defineSection<'GENERATE_FUNNEL_CAMPAIGN'>({
  type: 'GENERATE_FUNNEL_CAMPAIGN',
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
    stages: { label: 'Stages', hint: 'At least two.', missing: 'Pick at least two stages.' },
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
  exports: ({ campaignName, assets, mails }) => [
    csvFile(campaignName, () => [
      ...assets.map(({ stage, kind, title, brief, callToAction }) => ({
        stage,
        kind,
        title,
        text: brief,
        'call to action': callToAction,
        day: null,
      })),
      ...mails.map(({ stage, day, subject, text }) => ({ stage, kind: 'mail', title: subject, text, day })),
    ]),
  ],
})
