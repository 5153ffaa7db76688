import { isTerminal, type TaskStatus } from '@brandkit/core'

/** What the two workers, the row and the queue can be in. Small on purpose: every combination is visited. */
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

  // What a checker from outside would have written down.
  /** Which start the task belongs to, by right and not by epoch; `null` while it belongs to none. */
  readonly owner: number | null
  readonly starts: number
  readonly ends: number
  /** A step that was already checkpointed was run again. */
  readonly repeatedStep: boolean
  /** Something was written by an attempt that was no longer the row's. */
  readonly staleWrite: boolean
}

export interface ModelWorker {
  /** The epoch it believes to hold; `null`: idle. */
  readonly epoch: number | null
  /** Which start of the task it is. */
  readonly start: number | null
  /** Whether it knew of the checkpoint when it started, or made it. */
  readonly knowsStep: boolean
}

export const IDLE: ModelWorker = { epoch: null, start: null, knowsStep: false }
export const MOST_MESSAGES = 2
export const MOST_ATTEMPTS = 3

/** A task was created and its message published. */
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
