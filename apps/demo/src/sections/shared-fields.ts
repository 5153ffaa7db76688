import type { FieldWords } from '../form/field.ts'
import { CHANNEL_NAMES } from '../results/social-channel-names.ts'

/** Fields that several types share, in the same words everywhere. */
export const LANGUAGE: FieldWords = {
  label: 'Language',
  hint: 'Others than English need a language model on the server.',
  width: 'half',
}
export const START_DATE: FieldWords = { label: 'Start date', missing: 'Pick the first day.', width: 'half' }
export const WEEKS: FieldWords = { label: 'Weeks', width: 'half' }
export const BUDGET: FieldWords = { label: 'Budget', width: 'half' }
export const CURRENCY: FieldWords = { label: 'Currency', width: 'half' }
export const AUDIENCE: FieldWords = {
  label: 'Audience',
  hint: 'Who they are, where, and what they care about. Places and ages sharpen the result.',
  placeholder: 'Young professionals in Berlin, 25-40, who like coffee and design',
  missing: 'Describe who should see it.',
}
export const SOCIAL_CHANNELS_FIELD: FieldWords = {
  label: 'Channels',
  missing: 'Pick at least one channel.',
  choices: CHANNEL_NAMES,
}
export const TREND_SEARCH = {
  topic: {
    label: 'Topic',
    hint: 'What it is about, in a word or two.',
    placeholder: 'Coffee',
    missing: 'Name a topic.',
  },
  keywords: {
    label: 'Keywords (optional)',
    hint: 'One a line. Without any, they are found from the topic.',
  },
  window: {
    label: 'Look back over',
    choices: { day: 'A day', week: 'A week', month: 'A month', quarter: 'A quarter' },
  },
  limit: { label: 'At most', hint: 'trends', width: 'half' },
  language: LANGUAGE,
} as const satisfies Record<string, FieldWords>
