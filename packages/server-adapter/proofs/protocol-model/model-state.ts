import { isTerminal, type TaskStatus } from '@brandkit/core'

/** The state of the two workers, the row and the queue. Small on purpose: every combination is visited. */
export interface ModelState {
  readonly status: TaskStatus
  readonly epoch: number
  readonly attempt: number
  readonly lease: 'none' | 'live' | 'expired'
  readonly checkpointed: boolean
  /** Whether the insert claimed the task, and no worker has written since. */
  readonly untouched: boolean
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
  /** Whether the insert claimed the task. */
  readonly born: 'queued' | 'claimed'
  readonly ends: number
  /** A step that was already checkpointed was run again. */
  readonly repeatedStep: boolean
  /** An attempt wrote after it had lost the row. */
  readonly staleWrite: boolean
}

export interface ModelWorker {
  /** The epoch that the worker believes to hold; `null`: idle. */
  readonly epoch: number | null
  /** The number of this start of the task; `null` while it has an epoch: its insert claimed the task, and it starts soon. */
  readonly start: number | null
  /** Whether this start knew of the checkpoint when it began, or made it. */
  readonly knowsStep: boolean
}

export const IDLE: ModelWorker = { epoch: null, start: null, knowsStep: false }
export const MOST_MESSAGES = 2
export const MOST_ATTEMPTS = 3

/** The state after a task was created and its message published. */
const PUBLISHED: ModelState = {
  status: 'queued',
  epoch: 0,
  attempt: 0,
  lease: 'none',
  checkpointed: false,
  untouched: false,
  messages: 1,
  workers: [IDLE, IDLE],
  expiring: false,
  cancelAsked: false,
  owner: null,
  starts: 0,
  born: 'queued',
  ends: 0,
  repeatedStep: false,
  staleWrite: false,
}

/** The state after the first worker has claimed a task in its insert, without a message. */
const CLAIMED: ModelState = {
  ...PUBLISHED,
  status: 'processing',
  epoch: 1,
  attempt: 1,
  lease: 'live',
  untouched: true,
  messages: 0,
  workers: [{ ...IDLE, epoch: 1 }, IDLE],
  born: 'claimed',
}

/** The two ways to create a task. */
export const STARTS: readonly ModelState[] = [PUBLISHED, CLAIMED]

export function isOver({ status }: ModelState): boolean {
  return isTerminal(status)
}
