import { lazy } from 'react'
import { EMOTION_NAMES } from '../results/ideas/idea-names.ts'
import { defineSection } from './section.ts'
import { AUDIENCE, LANGUAGE, SOCIAL_CHANNELS_FIELD } from './shared-fields.ts'

const ViralIdeasView = lazy(async () => ({
  default: (await import('../results/ideas/viral-ideas-view.tsx')).ViralIdeasView,
}))

export const viralIdeas = defineSection<'GENERATE_VIRAL_IDEAS'>({
  type: 'GENERATE_VIRAL_IDEAS',
  path: 'viral-ideas',
  group: 'Content',
  icon: 'spark',
  name: 'Viral Ideas',
  plural: 'Viral ideas',
  action: 'Generate Viral Ideas',
  formTitle: 'New viral ideas',
  lead: 'Ideas that people pass on, no two alike, each with the feeling it wakes and a score that says why.',
  invitation: 'Get talked about',
  fields: {
    topic: { label: 'Topic', placeholder: 'Cold brew', missing: 'Name a topic.' },
    audience: { ...AUDIENCE, missing: 'Describe who should pass it on.' },
    channels: SOCIAL_CHANNELS_FIELD,
    emotions: { label: 'Feelings (optional)', hint: 'None: whatever suits the topic.', choices: EMOTION_NAMES },
    avoid: { label: 'Leave out (optional)', hint: 'Subjects that must not be touched, one a line.' },
    count: { label: 'How many', width: 'half' },
    language: LANGUAGE,
  },
  start: () => ({ channels: ['instagram', 'tiktok'] }),
  example: ({ topic, audience, avoid }) => ({
    topic,
    audience,
    channels: ['instagram', 'tiktok', 'youtube'],
    avoid,
    count: 8,
  }),
  renderResult: (result) => <ViralIdeasView result={result} />,
})
