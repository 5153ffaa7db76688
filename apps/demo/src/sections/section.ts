import type { NewPayload, TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { ReactNode } from 'react'
import type { IconName } from '../parts/page-parts.tsx'
import type { PartialResult } from '../parts/result-parts.tsx'
import type { ExportFile } from '../results/exports.ts'
import { CHANNEL_NAMES } from '../parts/words.ts'
import type { BrandProfile } from './brand-profile.ts'
import { sectionPath } from './section-path.ts'

/** The groups of the navigation. */
export const SECTION_GROUPS = ['Strategy', 'Content', 'Trends'] as const

/** The words for a field. Its limits and its default come from the schema. */
export interface FieldWords {
  label: string
  hint?: string
  placeholder?: string
  /** The sentence for an empty field. Default: "Fill this in." */
  missing?: string
  /** Display names of the values, if the values in words are not enough. */
  choices?: Readonly<Record<string, string | { name: string; hint: string }>>
  /** Two fields with `half` share a line. Default: a line of its own. */
  width?: 'half'
}

/** The words and views for one type of task. All other facts come from the catalog's schema. */
export interface Section<T extends BrandTaskType = BrandTaskType> {
  type: T
  /** The path of its address, without the slash. */
  path: string
  group: (typeof SECTION_GROUPS)[number]
  icon: IconName
  /** The name in the navigation: "Media Plan". */
  name: string
  /** The heading of the list: "Media plans". */
  plural: string
  /** The button that opens the form: "Generate Media Plan". */
  action: string
  /** The heading of the form: "New media plan". */
  formTitle: string
  /** A description of the result, in a sentence or two. */
  lead: string
  /** What a person should know before asking for one, if anything. */
  note?: string
  /** The invitation on the overview: "Plan a campaign". */
  invitation: string
  /** One entry for each field of the payload, in the order of the form. */
  fields: { readonly [K in keyof NewPayload<T>]-?: FieldWords }
  /** The form's start values for fields without a default in the schema. */
  start(today: Date): Partial<NewPayload<T>>
  /** An example payload for the brand. */
  example(brand: BrandProfile, today: Date): NewPayload<T>
  /** The type whose result makes this one better. Among tasks that are asked for together, this one waits for it. */
  follows?: BrandTaskType
  /** Shows a result, or the existing part of it while the task runs. */
  renderResult(result: PartialResult<T>): ReactNode
  /** Further files of the result besides its JSON. */
  exports?(result: TaskResult<T>): readonly ExportFile[]
}

/** Checks a section against its task type; later code treats all ten alike. */
export function defineSection<T extends BrandTaskType>(section: Omit<Section<T>, 'path'>): Section {
  return { ...section, path: sectionPath(section.type) } as unknown as Section
}

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
