import type * as z from 'zod'
import type { brandTasks } from './brand-tasks/brand-tasks.js'

/**
 * An app tells its catalog here, and every type of the SDK follows:
 *
 * @example
 * declare module '@brandkit/react' { interface Register { catalog: typeof catalog } }
 */
export interface Register {}

/** The catalog that the types follow: the registered one, else the ten brand tasks. */
export type Catalog = Register extends { catalog: infer C } ? C : typeof brandTasks

export type TaskType = keyof Catalog & string

/** What the creator of a task hands over (before defaults are applied). */
export type NewPayload<T extends TaskType> = Catalog[T] extends { payload: infer P extends z.ZodType }
  ? z.input<P>
  : never

/** The stored payload, defaults applied. */
export type TaskPayload<T extends TaskType = TaskType> = T extends TaskType
  ? Catalog[T] extends { payload: infer P extends z.ZodType }
    ? z.output<P>
    : never
  : never

/** What a completed task of this type yields. */
export type TaskResult<T extends TaskType = TaskType> = T extends TaskType
  ? Catalog[T] extends { result: infer R extends z.ZodType }
    ? z.output<R>
    : never
  : never

/** The keys of the steps of a type. */
export type StepKey<T extends TaskType = TaskType> = T extends TaskType
  ? Catalog[T] extends { steps: infer S }
    ? keyof S & string
    : never
  : never
