import type { TaskErrorCode, TaskType } from '@brandkit/core'

/** A create that could not be sent yet. It is stored, and sent by itself as soon as that is possible. */
export interface KeptTask<T extends TaskType = TaskType> {
  /** No task has this status, so it tells the two apart. */
  status: 'kept'
  type: T
  /** The key of its entry in the outbox of the context. */
  key: string
  /** The trace id that the task will have. */
  traceId: string
  /** Why it was not sent: `network_error`, `unauthenticated`, or an error of the server that may pass. */
  reason: TaskErrorCode
}
