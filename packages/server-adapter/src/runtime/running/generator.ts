import type { StepDefinition, TaskCatalog, TaskDefinition, TaskLogger } from '@brandkit/core'
import type * as z from 'zod'

type StepsOf<D> = D extends TaskDefinition<z.ZodType, z.ZodType, infer S> ? S : Readonly<Record<string, StepDefinition>>
type StepOutput<D, K extends keyof StepsOf<D>> = StepsOf<D>[K] extends { output: infer O extends z.ZodType }
  ? z.output<O>
  : never
type PayloadOf<D> = D extends { payload: infer P extends z.ZodType } ? z.output<P> : never
type ResultOf<D> = D extends { result: infer R extends z.ZodType } ? z.output<R> : never

/**
 * What a generator works with. Functions and no methods, so that a generator may take them apart. The promises that these
 * functions give do no harm when they reject unawaited, as all of them do after an abort. A promise that the generator makes of
 * one (`progress(50).then(…)`, an async function) is its own: unawaited and rejected, it ends the process as any other does.
 */
export interface GeneratorContext<D> {
  taskId: string
  userId: string
  brandId: string
  payload: PayloadOf<D>
  /** 1 for the first. */
  attempt: number
  traceId: string
  /**
   * Aborts on cancel, time-out, shutdown and loss of ownership. Hand it to every fetch. A listener that throws ends the
   * process, as Node.js has it for every event target, so let yours catch.
   */
  signal: AbortSignal
  logger: TaskLogger
  /**
   * Runs a named step once: its output is stored, and a later attempt gets it back instead of running it again.
   * When it is done, the task's progress rises by the step's share. Calls while it runs wait for that run; a call after it
   * has failed runs it again.
   *
   * @throws TaskError `internal_error` for a step that the catalog lacks, or that waits for itself; `result_invalid` for
   *   an output that does not fit the catalog
   */
  step: <K extends keyof StepsOf<D> & string>(
    key: K,
    run: () => StepOutput<D, K> | Promise<StepOutput<D, K>>,
  ) => Promise<StepOutput<D, K>>
  /** Reports overall progress, 0 to 100. Never shown backward, nor as 100 before the end. */
  progress: (percent: number) => Promise<void>
  /**
   * Shows what there is so far, before the result: JSON of at most 64 KiB, which replaces the one before. Written
   * at most four times a second, in the background, the latest always. A failed task keeps its last one; a completed task
   * has its result instead.
   *
   * @throws TaskError `result_unserializable` for what is too large or no JSON
   */
  partial: (value: unknown) => Promise<void>
  /** A key for external providers that is the same on every attempt of this step. */
  idempotencyKey: (step: string) => string
}

/** Does the work of one task type. Runs at least once; what it wraps in `step` is not repeated. */
export type Generator<D> = (context: GeneratorContext<D>) => ResultOf<D> | Promise<ResultOf<D>>

/** Partial: a type without a generator answers 422. */
export type Generators<C extends TaskCatalog> = { [T in keyof C & string]?: Generator<C[T]> }
