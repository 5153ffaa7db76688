import type { TaskLogger } from '@brandkit/core'
import type * as z from 'zod'

/** What a model is asked to write. */
export interface WriteRequest<Output> {
  /** The answer is parsed by it. */
  schema: z.ZodType<Output>
  /** What to do, in one or a few sentences. */
  task: string
  /** What the task is about: JSON. */
  material: unknown
  /** A language tag of BCP 47. */
  language: string
  /** Ends the request to the provider too. */
  signal: AbortSignal
  /** 1 for the task's first attempt: an answer that makes no sense is worth a second one, not a third. */
  attempt: number
  logger: TaskLogger
  /** Told what has arrived so far; incomplete, and not yet checked. */
  onPartial?: ((partial: unknown) => Promise<void>) | undefined
}

export interface Writing<Output> {
  output: Output
  inputTokens: number
  outputTokens: number
}

/** The one seam to a language model. Whatever goes wrong is a `RetryableTaskError` or a `FatalTaskError`. */
export interface TextModel {
  /** As the provider calls it; it stands beside the token counts of a result. */
  readonly name: string
  write<Output>(request: WriteRequest<Output>): Promise<Writing<Output>>
}
