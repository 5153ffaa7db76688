import { isTerminal, type TaskStatus } from '@brandkit/core'

/** The state of the two workers, the row and the queue. Small on purpose: every combination is visited. */
export interface ModelState {
  readonly status: TaskStatus
  readonly epoch: number
  readonly attempt: number
  readonly lease: 'none' | 'live' | 'expired'
  readonly checkpointed: boolean
  /** Messages in the engine, 0 to `MOST_MESSAGES`. */
  readonly messages: number
  readonly workers: readonly [ModelWorker, ModelWorker]
  /** Maintenance has selected the row for expiry and has not yet updated it. */
  readonly expiring: boolean
  /** The owner has cancelled; further cancels change nothing. */
  readonly cancelAsked: boolean

  // Facts that an outside observer would record.
  /** The start that owns the task by right, independent of the epoch; `null` if none does. */
  readonly owner: number | null
  readonly starts: number
  readonly ends: number
  /** A step that was already checkpointed was run again. */
  readonly repeatedStep: boolean
  /** An attempt wrote after it had lost the row. */
  readonly staleWrite: boolean
}

export interface ModelWorker {
  /** The epoch that the worker believes to hold; `null`: idle. */
  readonly epoch: number | null
  /** The number of this start of the task. */
  readonly start: number | null
  /** Whether this start knew of the checkpoint when it began, or made it. */
  readonly knowsStep: boolean
}

export const IDLE: ModelWorker = { epoch: null, start: null, knowsStep: false }
export const MOST_MESSAGES = 2
export const MOST_ATTEMPTS = 3

/** The state after a task was created and its message published. */
export const START: ModelState = {
  status: 'queued',
  epoch: 0,
  attempt: 0,
  lease: 'none',
  checkpointed: false,
  messages: 1,
  workers: [IDLE, IDLE],
  expiring: false,
  cancelAsked: false,
  owner: null,
  starts: 0,
  ends: 0,
  repeatedStep: false,
  staleWrite: false,
}

export function isOver({ status }: ModelState): boolean {
  return isTerminal(status)
}
