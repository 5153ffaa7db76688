import type { NewPayload, TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { ReactNode } from 'react'
import type { IconName } from '../parts/icon.tsx'
import type { PartialResult } from '../parts/result-parts.tsx'
import type { ExportFile } from '../results/exports.ts'
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
