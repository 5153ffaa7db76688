import type { FieldWords } from './section.ts'
import { CHANNEL_NAMES } from '../results/names.ts'

/** Fields that several types share, with the same words everywhere. */
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

/** The Monday after `today` in the reader's own calendar, as an ISO 8601 date. */
export function nextMonday(today: Date): string {
  return toIsoDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() + ((8 - today.getDay()) % 7 || 7)))
}

/** The day of a moment in the reader's own calendar, as an ISO 8601 date. */
export function toIsoDay(moment: Date): string {
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}
