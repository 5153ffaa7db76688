import { brandTasks, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { Generator, GeneratorContext, Generators, PreviousTask } from '@brandkit/server-adapter'
import type * as z from 'zod'
import type { Feeds } from '../feeds/fetch-feed.ts'
import type { TextModel } from '../model/language-model.ts'

export type BrandTask<T extends BrandTaskType> = (typeof brandTasks)[T]
export type BrandContext<T extends BrandTaskType> = GeneratorContext<BrandTask<T>>
export type BrandGenerator<T extends BrandTaskType> = Generator<BrandTask<T>>
/** A generator for each of the ten types. */
export type BrandGenerators = Required<Generators<typeof brandTasks>>

type BrandStepKey<T extends BrandTaskType> = keyof BrandTask<T>['steps'] & string
/** The steps that work through a list. */
export type BrandItemStepKey<T extends BrandTaskType> = {
  [K in BrandStepKey<T>]: BrandTask<T>['steps'][K] extends { items: true } ? K : never
}[BrandStepKey<T>]
export type BrandWholeStepKey<T extends BrandTaskType> = Exclude<BrandStepKey<T>, BrandItemStepKey<T>>
export type BrandStepOutput<T extends BrandTaskType, K extends BrandStepKey<T>> = BrandTask<T>['steps'][K] extends {
  output: infer Output extends z.ZodType
}
  ? z.output<Output>
  : never

/** Options of all ten generators. */
export interface GeneratorOptions {
  /** How long a computed step of weight 1 takes, in milliseconds. Default 1,000; 0 does not wait. */
  paceMs?: number | undefined
  /** Rewrites the texts of the computed draft. Without a model the draft is the result. */
  model?: TextModel | undefined
  /** The feeds in which trends are counted. Default: the sample. */
  feeds?: Feeds | undefined
}

/**
 * The result of the first task of a type that a task follows, if there is one.
 *
 * @throws ZodError when an earlier release has stored it in a form that no longer fits
 */
export function findPrevious<T extends BrandTaskType>(
  previous: readonly PreviousTask[],
  type: T,
): TaskResult<T> | undefined {
  const found = previous.find((task) => task.type === type)
  return found && (brandTasks[type].result.parse(found.result) as TaskResult<T>)
}

/**
 * Computed entries with only the fields of `take` from the model's text. Entries are matched by a field that identifies
 * them. An entry that the model left out stays as computed; an invented one is dropped.
 */
export function keepEntries<Entry extends object>(
  draft: readonly Entry[],
  written: readonly Entry[],
  { by, take }: { by: keyof Entry; take: readonly (keyof Entry)[] },
): Entry[] {
  return draft.map((entry) => {
    const match = written.find((other) => other[by] === entry[by])
    return match ? keepFields(entry, match, take) : entry
  })
}

/** A computed entry with only the fields of `take` from the model's text. */
export function keepFields<Entry extends object>(draft: Entry, written: Entry, take: readonly (keyof Entry)[]): Entry {
  return Object.assign({}, draft, Object.fromEntries(take.map((field) => [field, written[field]])))
}

/** The allowed ideas of a model, each key once, and no more than requested. Computed ideas fill the gaps. */
export function keepIdeas<Idea extends { ideaKey: string }>(
  draft: readonly Idea[],
  written: readonly Idea[],
  { isAllowed }: { isAllowed: (idea: Idea) => boolean },
): Idea[] {
  const kept = new Map<string, Idea>()
  for (const idea of [...written.filter(isAllowed), ...draft]) {
    if (kept.size < draft.length && !kept.has(idea.ideaKey)) kept.set(idea.ideaKey, idea)
  }
  return [...kept.values()]
}
