import { lazy } from 'react'
import { defineSection } from './section.ts'
import { AUDIENCE, LANGUAGE } from './shared-fields.ts'

const PersonasView = lazy(async () => ({
  default: (await import('../results/personas/personas-view.tsx')).PersonasView,
}))

export const personas = defineSection<'AUTO_GENERATE_PERSONAS'>({
  type: 'AUTO_GENERATE_PERSONAS',
  path: 'personas',
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
  renderResult: (result) => <PersonasView result={result} />,
})
