import type { brandTasks } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { Generator, GeneratorContext } from '@brandkit/server-adapter'
import type * as z from 'zod'
import type { TextModel } from '../model/text-model.ts'

export type BrandTask<T extends BrandTaskType> = (typeof brandTasks)[T]
export type BrandContext<T extends BrandTaskType> = GeneratorContext<BrandTask<T>>
export type BrandGenerator<T extends BrandTaskType> = Generator<BrandTask<T>>

export type BrandStepKey<T extends BrandTaskType> = keyof BrandTask<T>['steps'] & string
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
}
