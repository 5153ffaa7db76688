import type * as z from 'zod'
import type { brandTasks } from './brand-tasks/brand-tasks.js'

/**
 * Names an app's catalog; all types of the SDK follow:
 *
 * @example
 * declare module '@brandkit/react' { interface Register { catalog: typeof catalog } }
 */
export interface Register {}

/** The catalog behind the types: the registered one, or else the ten brand tasks. */
export type Catalog = Register extends { catalog: infer C } ? C : typeof brandTasks

export type TaskType = keyof Catalog & string

/** The payload that a creator passes, before defaults are applied. */
export type NewPayload<T extends TaskType> = Catalog[T] extends { payload: infer P extends z.ZodType }
  ? z.input<P>
  : never

/** The stored payload, with defaults. */
export type TaskPayload<T extends TaskType = TaskType> = T extends TaskType
  ? Catalog[T] extends { payload: infer P extends z.ZodType }
    ? z.output<P>
    : never
  : never

/** The result of a completed task of this type. */
export type TaskResult<T extends TaskType = TaskType> = T extends TaskType
  ? Catalog[T] extends { result: infer R extends z.ZodType }
    ? z.output<R>
    : never
  : never

/** The keys of a type's steps. */
export type StepKey<T extends TaskType = TaskType> = T extends TaskType
  ? Catalog[T] extends { steps: infer S }
    ? keyof S & string
    : never
  : never
