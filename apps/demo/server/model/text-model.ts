import type { TaskLogger } from '@brandkit/core'
import type { ReportedUsage } from '@brandkit/server-adapter'
import type * as z from 'zod'

/** The name of the model's budget in `limits.providers`. People read it: "Waiting for the language model". */
export const MODEL_PROVIDER = 'the language model'

/** A request to write a text. */
export interface WriteRequest<Output> {
  /** The schema that parses the answer. */
  schema: z.ZodType<Output>
  /** The instructions, in one or a few sentences. */
  task: string
  /** The material of the task: JSON. */
  material: unknown
  /** A language tag of BCP 47. */
  language: string
  /** Also ends the request to the provider. */
  signal: AbortSignal
  /** 1 for the task's first attempt. An answer of the wrong form is worth a second attempt, not a third. */
  attempt: number
  logger: TaskLogger
  /** Receives what the answer has used, also that of an answer of the wrong form. */
  usage: (used: ReportedUsage) => Promise<void>
  /** Receives the text so far; incomplete and unchecked. */
  onPartial?: ((partial: unknown) => Promise<void>) | undefined
}

export interface Writing<Output> {
  output: Output
  inputTokens: number
  outputTokens: number
}

/** The one seam to a language model. Every failure is a `RetryableTaskError` or a `FatalTaskError`. */
export interface TextModel {
  /** The provider's name for the model; a result shows it beside the token counts. */
  readonly name: string
  write<Output>(request: WriteRequest<Output>): Promise<Writing<Output>>
}
