import type * as z from 'zod'
import type { JsonCompatible } from './json.js'
import { LONGEST_TIME_MS, SOME, SOME_TIME } from './number-range.js'
import { assertOptions, FUNCTION, OBJECT, oneOf, type OptionKind, type OptionRules, TEXT } from './option-rules.js'
import { TASK_PRIORITIES, type TaskPriority } from './task-priority.js'

/** One named piece of a generator's work: what people see while it runs, and what it must yield. */
export interface StepDefinition {
  /** English text for the panel; apps translate by the step's key. */
  readonly title: string
  /** Share of the whole task relative to its other steps, 0 to 1,000,000. Default 1. */
  readonly weight?: number
  /** What the step yields. It is stored, and parsed and given back on a retry: it must be JSON, and the schema must read its own output. */
  readonly output: z.ZodType
}

/** Everything the system knows of one task type. */
export interface TaskDefinition<
  Payload extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
  Steps extends Readonly<Record<string, StepDefinition>> = Readonly<Record<string, StepDefinition>>,
> {
  /** Names one task among others of its type: "Media plan: Spring sale". Called once, at creation. */
  // A method, not a property: methods are compared bivariantly, so every definition is a `TaskDefinition`.
  title(task: { payload: z.output<Payload> }): string
  /**
   * What a task is asked to do. It is parsed when it is created and, as stored, again when it runs, perhaps by a later
   * release: the schema must read its own output and leave it as it is. Defaults and `trim()` do; a transform of text into a
   * number does not, and its creates answer 500 with a line in the log.
   */
  readonly payload: Payload
  /**
   * A whole number from 1, stored with each task. Raise it when the meaning of the payload changes. Workers leave tasks of a
   * greater version than their own to those of the newer release. Default 1.
   */
  readonly version?: number
  /**
   * Makes a payload of today from one that was stored under an earlier version, or that does not fit any more. What it
   * gives is parsed by `payload`. Without it, new defaults are filled in, and what does not fit fails with
   * `payload_outdated`; so does what it throws for.
   *
   * @param payload as it was stored
   * @param from the version that stored it
   */
  upgrade?(payload: unknown, from: number): unknown
  readonly result: Result
  /** In the order in which they usually run. */
  readonly steps: Steps
  /** Retries after the first attempt, at most 1,000. Default 3. */
  readonly maxRetries?: number
  /** Longest time of one attempt in milliseconds. Default 15 minutes. */
  readonly timeoutMs?: number
  /** Longest time from when the task is due to its end, whatever happens between, in milliseconds. Default: none. */
  readonly deadlineMs?: number
  /** How long a task may wait to be started, in milliseconds. Default: the server's `timeToLiveMs`. */
  readonly timeToLiveMs?: number
  /** How many tasks of this type may run at once over all workers. Default: no limit of its own. */
  readonly concurrency?: number
  /** The highest priority that a task of this type may have. Default `high`. */
  readonly maxPriority?: TaskPriority
}

export type TaskCatalog = Readonly<Record<string, TaskDefinition>>

/**
 * Nothing to add where every payload, result and step output is JSON; `never` at the place of anything else, so that
 * the compiler points at it. Only the offender is rebuilt: mapping all ten brand tasks doubled the time of a check.
 */
type JsonCatalog<C> = { [T in keyof C]: JsonDefinition<C[T]> }
type JsonDefinition<D> = (D extends { payload: infer P } ? JsonSchema<P, { payload: never }> : unknown) &
  (D extends { result: infer R } ? JsonSchema<R, { result: never }> : unknown) &
  (D extends { steps: infer S } ? { steps: { [K in keyof S]: JsonStep<S[K]> } } : unknown)
type JsonStep<S> = S extends { output: infer O } ? JsonSchema<O, { output: never }> : unknown
type JsonSchema<S, Refusal> = S extends { _zod: { output: infer Output } }
  ? [Output] extends [JsonCompatible<Output>]
    ? unknown
    : Refusal
  : Refusal

/** A definition whose `title` may read the payload's own type. */
type Definition<P extends z.ZodType, R extends z.ZodType, S extends Readonly<Record<string, StepDefinition>>> = Omit<
  TaskDefinition<P, R, S>,
  'upgrade'
>

/** Apart from `Definition`, so that a definition that is spread into another may get another payload there. */
interface Upgrading<P extends z.ZodType> {
  upgrade?(payload: unknown, from: number): z.input<P>
}

/**
 * Declares one task type. Keeps the types of payload, result and steps, so that `title` can read the payload.
 */
export function defineTask<
  const P extends z.ZodType,
  const R extends z.ZodType,
  const S extends Readonly<Record<string, StepDefinition>>,
>(definition: Definition<P, R, S> & Upgrading<P>): Definition<P, R, S> {
  return definition
}

/**
 * Declares the task types of an app. The server validates by it, the browser gets only its types.
 *
 * @example
 * export const catalog = defineTasks({
 *   SEND_REPORT: defineTask({ title: () => 'Report', payload: z.object({ … }), result: z.object({ … }), steps: {} }),
 * })
 *
 * @throws TypeError or RangeError for a number that makes no sense, such as `timeoutMs: Infinity`
 */
export function defineTasks<const C extends TaskCatalog>(catalog: C & JsonCatalog<C>): C {
  assertCatalog(catalog)
  return catalog
}

const SCHEMA: OptionKind = {
  description: 'a schema of zod 4',
  fits: (value) => OBJECT.fits(value) && '_zod' in (value as object),
}

const TASK: OptionRules<TaskDefinition> = {
  title: FUNCTION,
  payload: SCHEMA,
  result: SCHEMA,
  steps: OBJECT,
  upgrade: FUNCTION,
  maxPriority: /* @__PURE__ */ oneOf(TASK_PRIORITIES),
  timeoutMs: {
    ...SOME_TIME,
    insteadOfInfinity:
      'Write the longest time that an attempt can sensibly take, such as 25 * 24 * 60 * 60 * 1_000 for 25 days.',
  },
  // Kept in a column of whole numbers.
  version: SOME,
  maxRetries: { least: 0, most: 1_000, isWhole: true },
  deadlineMs: { ...SOME_TIME, insteadOfInfinity: 'Leave it out for no deadline.' },
  timeToLiveMs: { ...SOME_TIME, insteadOfInfinity: `Write ${LONGEST_TIME_MS} for a hundred years.` },
  concurrency: { ...SOME, insteadOfInfinity: 'Leave it out for no limit.' },
}

const STEP: OptionRules<StepDefinition> = {
  title: TEXT,
  output: SCHEMA,
  weight: { least: 0, most: 1_000_000 },
}

/** @throws TypeError or RangeError for what makes no sense in a catalog; the message names task type and option */
export function assertCatalog(catalog: TaskCatalog): void {
  for (const [type, definition] of Object.entries(catalog)) {
    assertOptions(type, definition, TASK, { needed: ['title', 'payload', 'result', 'steps'] })
    for (const [key, step] of Object.entries(definition.steps)) {
      assertOptions(`${type}.steps.${key}`, step, STEP, { needed: ['title', 'output'] })
    }
  }
}
