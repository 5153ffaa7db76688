import type { NewPayload, TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { ReactNode } from 'react'
import type { IconName } from '../parts/icon.tsx'
import type { PartialResult } from '../parts/result-parts.tsx'
import type { BrandProfile } from './brand-profile.ts'

/** The groups of the navigation. */
export const SECTION_GROUPS = ['Strategy', 'Content', 'Trends'] as const

/** What the studio says about a field. Its limits and its default come from the schema. */
export interface FieldWords {
  label: string
  hint?: string
  placeholder?: string
  /** What to say when it is empty. Default: "Fill this in." */
  missing?: string
  /** Names of the values, where they are more than the value in words. */
  choices?: Readonly<Record<string, string | { name: string; hint: string }>>
  /** Two halves share a line. Default: a line of its own. */
  width?: 'half'
}

/** Everything that the studio says and shows about one type of task. The rest comes from the catalog's schema. */
export interface Section<T extends BrandTaskType = BrandTaskType> {
  type: T
  /** Its address, without the slash. */
  path: string
  group: (typeof SECTION_GROUPS)[number]
  icon: IconName
  /** In the navigation: "Media Plan". */
  name: string
  /** Over the list: "Media plans". */
  plural: string
  /** On the button that opens the form: "Generate Media Plan". */
  action: string
  /** Over the form: "New media plan". */
  formTitle: string
  /** What one gets, in a sentence or two. */
  lead: string
  /** What the overview invites to: "Plan a campaign". */
  invitation: string
  /** One entry a field of the payload, in the order of the form. */
  fields: { readonly [K in keyof NewPayload<T>]-?: FieldWords }
  /** What the form starts with, where the schema has no default. */
  start(today: Date): Partial<NewPayload<T>>
  /** A payload that makes sense for the brand. */
  example(brand: BrandProfile, today: Date): NewPayload<T>
  /** Shows a result, or as much of it as there is while the task runs. */
  renderResult(result: PartialResult<T>): ReactNode
  /** Files of the result besides its JSON. */
  exports?(result: TaskResult<T>): readonly ExportFile[]
}

export interface ExportFile {
  label: string
  fileName: string
  mediaType: string
  content: string
}

/** Checks a section against its type; from there on all ten are treated alike. */
export function defineSection<T extends BrandTaskType>(section: Section<T>): Section {
  return section as unknown as Section
}
