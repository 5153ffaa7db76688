import type { TaskType } from '@brandkit/core'
import type { Observable } from './observable.js'

/** A create that no server has confirmed yet. */
export interface UnsentTask {
  /** The idempotency key under which it is sent. */
  key: string
  type: TaskType
  /** When it was asked for, in milliseconds since the epoch. */
  at: number
  /** It is so old that it is not sent without asking. */
  isOffered: boolean
}

/** What waits to be sent, oldest first. */
export interface TaskOutbox extends Pick<Observable<readonly UnsentTask[]>, 'get' | 'subscribe'> {
  send(key: string): void
  discard(key: string): void
}
