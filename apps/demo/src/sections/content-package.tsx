import { lazy } from 'react'
import { nextMonday } from '../brands/next-monday.ts'
import { defineSection } from './section.ts'
import { AUDIENCE, LANGUAGE, SOCIAL_CHANNELS_FIELD, START_DATE, WEEKS } from './shared-fields.ts'

const ContentView = lazy(async () => ({ default: (await import('../results/content/content-view.tsx')).ContentView }))

export const contentPackage = defineSection<'GENERATE_CONTENT_PACKAGE'>({
  type: 'GENERATE_CONTENT_PACKAGE',
  path: 'content-package',
  group: 'Content',
  icon: 'posts',
  name: 'Content Package',
  plural: 'Content packages',
  action: 'Generate Content Package',
  formTitle: 'New content package',
  lead: 'Posts that can be posted: written for each channel, with hashtags and a picture idea, and a calendar that spreads them.',
  invitation: 'Fill the feeds',
  fields: {
    topic: { label: 'Topic', placeholder: 'Cold brew at home', missing: 'Name a topic.' },
    audience: { ...AUDIENCE, missing: 'Describe who should read it.' },
    channels: SOCIAL_CHANNELS_FIELD,
    tone: {
      label: 'Tone',
      choices: {
        informative: 'Informative',
        inspiring: 'Inspiring',
        humorous: 'Humorous',
        conversational: 'Conversational',
        urgent: 'Urgent',
      },
    },
    postsPerChannel: { label: 'Posts a channel', width: 'half' },
    weeks: WEEKS,
    startDate: START_DATE,
    language: LANGUAGE,
    callToAction: { label: 'Call to action (optional)', placeholder: 'Taste the first box for half the price' },
  },
  start: (today) => ({ channels: ['instagram', 'linkedin'], startDate: nextMonday(today) }),
  example: ({ topic, audience, callToAction }, today) => ({
    topic,
    audience,
    channels: ['instagram', 'linkedin', 'x'],
    postsPerChannel: 3,
    startDate: nextMonday(today),
    weeks: 2,
    tone: 'conversational',
    callToAction,
  }),
  renderResult: (result) => <ContentView result={result} />,
})
