import type { StepItems, TaskErrorCode } from '@brandkit/core'
import type { EndNotices } from './notice.js'
import type { UsageReport } from './store-usage.js'

/**
 * What is new of the streamed text. A write repeats what no earlier write has stored for sure, so a shorter repetition of
 * stored text changes nothing.
 */
export interface TextAppend {
  /** The length of the text before it, in UTF-16 code units: at most the length that is stored. */
  at: number
  append: string
  /**
   * How many code units of the text this is, if `append` is not the text itself: `encryptedStore` writes ciphertext. Default:
   * its length.
   */
  length?: number | undefined
}

/** The length of the text with what is appended, in UTF-16 code units. */
export function textEndOf({ at, append, length = append.length }: TextAppend): number {
  return at + length
}

/** A wait for a provider whose budget is used up, or that has asked for a pause. */
export interface ProviderWait {
  provider: string
  /** ISO 8601, by the clock of the worker. */
  until: string
  /** The tokens that are reserved for the task from `until` on. Absent: nothing is reserved. */
  tokens?: number
}

export interface TaskReport {
  /** 0 to 99.9: only a task that is over has 100. */
  progress?: number | undefined
  /** Key of the step that starts now. */
  currentStep?: string | undefined
  /** The counts of `currentStep`, if it is a step with items. */
  items?: StepItems | undefined
  partialResult?: unknown
  /** Stored even if the lease is lost, because the money is spent: it only takes that the attempt has existed. */
  usage?: UsageReport | undefined
  text?: TextAppend | undefined
  /** What the attempt waits for. `null`: it waits no more. */
  waitingFor?: ProviderWait | null | undefined
}

export interface StepCheckpoint {
  step: string
  /** The item of a step with items. Default: the output is that of the whole step. */
  item?: string | undefined
  /** The counts of a step with items, with this item. The step is finished once `done` has reached `total`. */
  items?: StepItems | undefined
  /** JSON. */
  output: unknown
  /** Overall progress once the step is done. */
  progress?: number | undefined
  /** A later attempt begins with the text up to here. Absent when nothing has been appended since the last checkpoint. */
  text?: TextAppend | undefined
}

/** The last progress of the attempt and its text, if no report has carried them. The task's progress is never lowered. */
interface LastReport {
  progress?: number | undefined
  text?: TextAppend | undefined
}

export type AttemptEnd = AttemptOutcome & {
  /** Told when this end is the end of the task. Default: nobody. */
  notices?: EndNotices | undefined
}

type AttemptOutcome =
  | { status: 'completed'; result: unknown; text?: TextAppend | undefined }
  | ({ status: 'failed'; errorCode: TaskErrorCode; lastError: string } & LastReport)
  /** Back to `queued`, due after `delayMs` (from 0 to a hundred years); fails instead when no attempt is left. */
  | ({ status: 'retry'; delayMs: number; errorCode: TaskErrorCode; lastError: string } & LastReport)
  /**
   * Back to `queued`, due now. Gives the attempt back if a checkpoint was made since the claim. With `wait`: due after `delayMs`
   * (from 0 to a hundred years), and always gives the attempt back.
   */
  | ({ status: 'release'; wait?: (ProviderWait & { delayMs: number }) | undefined } & LastReport)
  /** Back to `queued`, due now. Gives the attempt back, because its generator was never called. */
  | { status: 'unstarted' }
