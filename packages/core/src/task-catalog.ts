import type * as z from 'zod'
import type { JsonCompatible } from './json.js'
import { LONGEST_TIME_MS, SOME, SOME_TIME } from './number-range.js'
import { assertOptions, FUNCTION, OBJECT, oneOf, type OptionKind, type OptionRules, TEXT } from './option-rules.js'
import { TASK_PRIORITIES, type TaskPriority } from './task-priority.js'

/** One named piece of a generator's work: its title for people, and the schema of its output. */
export interface StepDefinition {
  /** English text for the panel; apps translate by the step's key. */
  readonly title: string
  /** Share of the whole task relative to its other steps, 0 to 1,000,000. Default 1. */
  readonly weight?: number
  /**
   * The schema of the step's output. The output is stored as JSON, and a retry parses it and gets it back, so the schema
   * must accept its own output.
   */
  readonly output: z.ZodType
  /**
   * The step works through a list: `output` is the schema of one item, and each item is stored as soon as it is done. So a
   * failure at the eleventh item repeats none of the first ten.
   */
  readonly items?: true
}

/**
 * What a create does while a task of the same type and unique key is under way. `return`: answers with that task. `refuse`:
 * fails with 409 `already_under_way`. `replace`: cancels that task and creates the new one.
 */
export const UNIQUE_CONFLICTS = ['return', 'refuse', 'replace'] as const
export type UniqueConflict = (typeof UNIQUE_CONFLICTS)[number]

/** The definition of one task type. */
export interface TaskDefinition<
  Payload extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
  Steps extends Readonly<Record<string, StepDefinition>> = Readonly<Record<string, StepDefinition>>,
> {
  /** Names one task among others of its type: "Media plan: Spring sale". Called once, at creation. */
  // A method, not a property: methods are compared bivariantly, so every definition is a `TaskDefinition`.
  title(task: { payload: z.output<Payload> }): string
  /**
   * Names the work, and at most one task of this type and tenant is under way for it: `({ brandId }) => brandId` allows one
   * per brand. Up to 200 characters; `null` for a task without such a limit. Called once, at creation. A task is under way
   * from its creation to its end, also between attempts.
   */
  unique?(task: { brandId: string; payload: z.output<Payload> }): string | null
  /** For `unique`. Tasks that the caller may not see are never returned or replaced: such a create is refused. Default `return`. */
  readonly onConflict?: UniqueConflict
  /**
   * The schema of the payload. A payload is parsed at creation, and again when the task runs, perhaps by a later release.
   * So the schema must accept its own output and leave it unchanged. Defaults and `trim()` do. A transform of text into a
   * number does not: creates of such a type answer 500 with a line in the log.
   */
  readonly payload: Payload
  /**
   * A whole number from 1, stored with each task. Raise it when the meaning of the payload changes. Workers leave tasks of
   * a greater version than their own to workers of the newer release. Default 1.
   */
  readonly version?: number
  /**
   * Turns a payload that an earlier version stored, or that does not fit the schema any more, into a current one. The
   * schema `payload` then parses the returned value. Without `upgrade`, new defaults are filled in, and a payload that
   * does not fit fails with `payload_outdated`. An `upgrade` that throws fails its task with the same code.
   *
   * @param payload the stored payload
   * @param from the version that stored it
   */
  upgrade?(payload: unknown, from: number): unknown
  readonly result: Result
  /** The steps in their usual order. */
  readonly steps: Steps
  /** Retries after the first attempt, at most 1,000. Default 3. */
  readonly maxRetries?: number
  /** Longest time of one attempt in milliseconds. Default 15 minutes. */
  readonly timeoutMs?: number
  /** Longest time from the due time to the end of the task, with all attempts, in milliseconds. Default: none. */
  readonly deadlineMs?: number
  /** Longest time that a task may wait to be started, in milliseconds. Default: the server's `timeToLiveMs`. */
  readonly timeToLiveMs?: number
  /** Number of tasks of this type that may run at once, over all workers. Default: no limit of its own. */
  readonly concurrency?: number
  /** The highest priority that a task of this type may have. Default `high`. */
  readonly maxPriority?: TaskPriority
}

export type TaskCatalog = Readonly<Record<string, TaskDefinition>>

/**
 * Adds nothing when every payload, result and step output is JSON. A part that is not JSON becomes `never`, so that the
 * compiler points at it. Only the offending part is rebuilt: mapping all ten brand tasks doubled the time of a check.
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

/** Separate from `Definition`, so that a definition that spreads another may have a different payload. */
interface Upgrading<P extends z.ZodType> {
  upgrade?(payload: unknown, from: number): z.input<P>
}

/** Declares one task type. Keeps the types of payload, result and steps, so that `title` can read the payload. */
export function defineTask<
  const P extends z.ZodType,
  const R extends z.ZodType,
  const S extends Readonly<Record<string, StepDefinition>>,
>(definition: Definition<P, R, S> & Upgrading<P>): Definition<P, R, S> {
  return definition
}

/**
 * Declares the task types of an app. The server validates by the catalog; the browser gets only its types.
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
  unique: FUNCTION,
  onConflict: /* @__PURE__ */ oneOf(UNIQUE_CONFLICTS),
  maxPriority: /* @__PURE__ */ oneOf(TASK_PRIORITIES),
  timeoutMs: {
    ...SOME_TIME,
    insteadOfInfinity:
      'Write the longest time that an attempt can sensibly take, such as 25 * 24 * 60 * 60 * 1_000 for 25 days.',
  },
  // The database stores the version as an integer.
  version: SOME,
  maxRetries: { least: 0, most: 1_000, isWhole: true },
  deadlineMs: { ...SOME_TIME, insteadOfInfinity: 'Leave it out for no deadline.' },
  timeToLiveMs: { ...SOME_TIME, insteadOfInfinity: `Write ${LONGEST_TIME_MS} for a hundred years.` },
  concurrency: { ...SOME, insteadOfInfinity: 'Leave it out for no limit.' },
}

const STEP: OptionRules<StepDefinition> = {
  title: TEXT,
  output: SCHEMA,
  items: { description: 'true, or left out', fits: (value) => value === true },
  weight: { least: 0, most: 1_000_000 },
}

/** Stands between step and item in the name of a checkpoint. No key of a step contains it. */
export const ITEM_SEPARATOR = '\u001F'

/** @throws TypeError or RangeError for a mistake in a catalog; the message names task type and option */
export function assertCatalog(catalog: TaskCatalog): void {
  for (const [type, definition] of Object.entries(catalog)) {
    assertOptions(type, definition, TASK, { needed: ['title', 'payload', 'result', 'steps'] })
    for (const [key, step] of Object.entries(definition.steps)) {
      if (key.includes(ITEM_SEPARATOR))
        throw new TypeError(
          `${type}.steps has a key with the character U+001F, which separates steps from their items.`,
        )
      assertOptions(`${type}.steps.${key}`, step, STEP, { needed: ['title', 'output'] })
    }
  }
}
