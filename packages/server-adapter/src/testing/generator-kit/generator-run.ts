import type { TaskError, TaskJson, TerminalStatus } from '@brandkit/core'
import type { StepName } from '../../runtime/running/around-steps.js'
import type { ResultOf } from '../../runtime/running/generator.js'
import type { StepOutput, StepsOf } from '../../runtime/running/step-function.js'
import type { AbortReason } from '../../runtime/running/attempt.js'

export type StepKey<D> = keyof StepsOf<D> & string

/** Outputs of steps, by key. Those of a step with items, by item. */
export type StepOutputs<D> = {
  [K in StepKey<D>]?: StepsOf<D>[K] extends { items: true } ? Record<string, StepOutput<D, K>> : StepOutput<D, K>
}

/** How a run names a step in `ran`: by its key, and an item as `step: item`. */
export function toStepLabel({ step, item }: StepName): string {
  return item === undefined ? step : `${step}: ${item}`
}

/** One attempt of a run. Times are milliseconds since the start of the run, by its clock. */
export interface PlayedAttempt {
  /** From 1. */
  attempt: number
  startedAtMs: number
  endedAtMs: number
  /** The steps whose work ran, in this order, items as `step: item`. A step that gave its checkpoint did not. */
  ran: string[]
  /** What the generator threw. */
  error?: unknown
  /** Why the runtime stopped it. */
  aborted?: AbortReason
}

/** What a generator did, with all attempts until the end of its task. */
export interface GeneratorRun<D> {
  status: TerminalStatus
  /** The result of a completed task, as the store gives it to a page. */
  result?: ResultOf<D>
  /** Why the task failed: the code and the message that its user sees. `cause` is what the last attempt threw. */
  error?: TaskError
  /** What `progress` was told, in this order. The task's own progress is in `task`. */
  progress: number[]
  /** What `partial` showed, in this order. The store keeps at most four in a second. */
  partials: unknown[]
  /** What `partial.append` wrote and the store kept. */
  /** What `partial.append` has streamed, as it stands at the end. */
  text: string
  /** The steps whose work ran, over all attempts. */
  ran: string[]
  /** The stored outputs. A next run may begin with them. */
  checkpoints: StepOutputs<D>
  attempts: PlayedAttempt[]
  /** The time from the start to the end, by the clock of the run. */
  durationMs: number
  /** The task at its end, as a page gets it. */
  task: TaskJson
}
