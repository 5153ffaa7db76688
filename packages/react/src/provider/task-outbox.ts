import type { CreateTask } from '@brandkit/core'

/** A create that no server has confirmed yet. */
export interface UnsentTask {
  /** The idempotency key under which it is sent. */
  readonly key: string
  readonly input: CreateTask
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number
  /** `sending`: a request is under way. `waiting`: for the network. `old`: too old to be sent without being asked. */
  readonly state: 'sending' | 'waiting' | 'old'
}

/** What waits to be sent, as far as it is shown. */
export interface TaskOutbox {
  /** Oldest first; the same array until something has changed. */
  readonly entries: () => readonly UnsentTask[]
  readonly subscribe: (listener: () => void) => () => void
  readonly sendAgain: (key: string) => Promise<unknown>
  readonly discard: (key: string) => void
}
