import type { StepDefinition, TaskDefinition } from '@brandkit/core'
import type * as z from 'zod'

export type StepsOf<D> =
  D extends TaskDefinition<z.ZodType, z.ZodType, infer S> ? S : Readonly<Record<string, StepDefinition>>
export type StepOutput<D, K extends keyof StepsOf<D>> = StepsOf<D>[K] extends { output: infer O extends z.ZodType }
  ? z.output<O>
  : never

/** The steps with items. Both kinds where the compiler does not know the catalog. */
type ItemStep<D> = string extends keyof StepsOf<D>
  ? string
  : { [K in keyof StepsOf<D>]: StepsOf<D>[K] extends { items: true } ? K : never }[keyof StepsOf<D>] & string
type WholeStep<D> = string extends keyof StepsOf<D> ? string : Exclude<keyof StepsOf<D> & string, ItemStep<D>>

type Work<D, K extends keyof StepsOf<D>> = () => StepOutput<D, K> | Promise<StepOutput<D, K>>

export interface MapOptions<Item> {
  /** Names an item: 1 to 200 characters, different for each, and the same on every attempt. */
  key: (item: Item) => string
  /** Items that run at a time, at most 1,000. Default 5. */
  concurrency?: number | undefined
}

/** `context.step`. */
export interface StepFunction<D> {
  /**
   * Runs a named step once: its output is stored, and a later attempt gets the stored output instead of a new run.
   * A finished step raises the task's progress by its share. Calls during a run wait for that run; a call after a failed run
   * starts a new one.
   *
   * @throws TaskError `internal_error` for a step that the catalog lacks, or that waits for itself; `result_invalid` for
   *   an output that does not fit the catalog
   */
  <K extends WholeStep<D>>(key: K, run: Work<D, K>): Promise<StepOutput<D, K>>
  /**
   * Runs one item of a step with `items: true` once, in the same way. The page shows how many are done. Only `map` knows how
   * many there will be, so items that run one by one raise no progress.
   *
   * @param item names the item: 1 to 200 characters, the same on every attempt
   */
  <K extends ItemStep<D>>(key: K, item: string, run: Work<D, K>): Promise<StepOutput<D, K>>
  /**
   * Runs a step for each of up to 1,000 items, and returns the outputs in their order. Each output (JSON of at most 64 KiB)
   * is stored as soon as its item is done, and raises the progress by its share; the page shows "7 of 12". After a failure no
   * further item starts. Those that run are awaited and stored, and then the first error is thrown.
   *
   * @throws TaskError `internal_error` for keys that are not different, empty or too long
   */
  map: <K extends ItemStep<D>, Item>(
    key: K,
    items: readonly Item[],
    options: MapOptions<Item>,
    run: (item: Item) => StepOutput<D, K> | Promise<StepOutput<D, K>>,
  ) => Promise<StepOutput<D, K>[]>
}
