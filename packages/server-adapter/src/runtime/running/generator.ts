import type { TaskCatalog, TaskLogger } from '@brandkit/core'
import type * as z from 'zod'
import type { ReportedUsage } from './reported-usage.js'
import type { StepFunction } from './step-function.js'

type PayloadOf<D> = D extends { payload: infer P extends z.ZodType } ? z.output<P> : never
export type ResultOf<D> = D extends { result: infer R extends z.ZodType } ? z.output<R> : never

/** A call replaces the partial result. `append` streams text, whatever partial results there are. */
interface PartialReporter {
  /**
   * Shows a partial result before the end: JSON of at most 64 KiB, which replaces the previous partial result. Written in
   * the background at most four times a second; the latest value is always written. A failed task keeps its last partial
   * result; a completed task has its result instead.
   *
   * @throws TaskError `result_unserializable` for a value that is too large or not JSON
   */
  (value: unknown): Promise<void>
  /**
   * Appends to the task's text, 1 MiB in all. Resolves at once: the text is written in the background at most four times a
   * second, whole and in order. Each stored step keeps the text up to it; a later attempt goes on from there, and what came
   * after is cut. The text stays readable when the task has ended, until its content is removed.
   *
   * @throws TypeError for what is no text; TaskError `result_unserializable` when the whole would be too long
   */
  append: (text: string) => Promise<void>
}

/** A completed task that this one follows. */
export interface PreviousTask {
  taskId: string
  type: string
  title: string
  /** As it was stored: parse it with the schema of its type. */
  result: unknown
}

/**
 * The argument of a generator. Its members are functions instead of methods, so that a generator may destructure them.
 * Their promises are safe without `await`, even when they reject, as all do after an abort. The generator must handle
 * promises that it derives from them (`progress(50).then(…)`, an async function): an unhandled rejection ends the process.
 */
export interface GeneratorContext<D> {
  taskId: string
  userId: string
  brandId: string
  payload: PayloadOf<D>
  /** The completed tasks of `after`, in that order. Empty without any. */
  previous: readonly PreviousTask[]
  /** The number of this attempt, from 1. */
  attempt: number
  traceId: string
  /**
   * Aborts on cancel, time-out, shutdown and loss of ownership. Pass it to every fetch. Catch errors in your listeners:
   * Node.js ends the process when a listener of any event target throws.
   */
  signal: AbortSignal
  logger: TaskLogger
  /** Runs steps and items of steps once; see `StepFunction`. */
  step: StepFunction<D>
  /**
   * Reports overall progress, 0 to 100. The shown progress never falls, and stays below 100 until the end. Resolves at once:
   * reports are written in the background within 25 ms, the highest of that time as one write. A step, its checkpoint and the
   * end carry what is not written yet. If the process dies, the last 25 ms of progress may be lost.
   *
   * @throws RangeError for a value that is not a finite number
   */
  progress: (percent: number) => Promise<void>
  /** Shows the work before the end: a partial result, or a text that grows. */
  partial: PartialReporter
  /**
   * The text that earlier attempts had appended when their last step was stored; `partial.append` goes on behind it. Empty in
   * a first attempt.
   */
  keptText: string
  /**
   * Reports what a call of a model has used: tokens, and the cost if it is known. Every report counts, also that of a failed
   * or cancelled attempt, and after an abort. Resolves at once: reports are written in the background, and before the end of
   * the attempt. If the process dies, reports of its last milliseconds may be lost.
   *
   * @throws TaskError `internal_error` for a number that is negative, infinite or no number, and for broken tokens. It is not
   *   retryable, because a retry would pay for the call again
   * @example
   *   const { output, usage: used } = await generateText({ model, prompt, abortSignal: signal })
   *   usage({ model: 'gpt-5-mini', ...used })
   */
  usage: (used: ReportedUsage) => Promise<void>
  /**
   * Takes one request, and tokens, from the budget that all workers share (`limits.providers`). Resolves when the provider may
   * be asked. The task then shows that it waits. If that takes longer than `timings.providerWaitMs`, the task is released until
   * its turn, which costs no attempt: the promise rejects, and a later run of the generator goes on with what is reserved.
   * Finished steps are not repeated, so call it within a step. A task keeps its slot as long as an earlier request would be
   * asked for again.
   *
   * An error with `retryAfter` that the generator throws afterwards lets no worker ask that provider until then.
   *
   * @param options `tokens`: how many the request may use, answer included. Default 0.
   * @throws TaskError `internal_error` for a provider that has no limit, and for more tokens than a minute allows
   */
  provider: (name: string, options?: { tokens?: number | undefined }) => Promise<void>
  /**
   * An idempotency key for external providers, the same on every attempt of this step or item. A retry that takes over
   * finished steps keeps the keys too, so that a provider does not charge twice for a step whose answer was lost. A retry
   * from the start and one from a step draw new keys.
   */
  idempotencyKey: (step: string, item?: string) => string
}

/** Does the work of one task type. Runs at least once; finished steps and items (`step`) are not repeated. */
export type Generator<D> = (context: GeneratorContext<D>) => ResultOf<D> | Promise<ResultOf<D>>

/** The generators by task type. May leave out types; creating a task of such a type answers 422. */
export type Generators<C extends TaskCatalog> = { [T in keyof C & string]?: Generator<C[T]> }
