import type { CreateOptions, Outbox, UnsentTask } from '@brandkit/client'
import {
  type BackgroundTask,
  type CreateTask,
  isTaskError,
  type TaskErrorCode,
  type TaskJson,
  TaskError,
  type TaskType,
} from '@brandkit/core'

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

interface CreatorOptions {
  outbox: Pick<Outbox, 'create' | 'find'>
  userId: string | null
  /** The app's form of a created task. */
  latest: (task: TaskJson) => BackgroundTask
  onKept: (task: UnsentTask) => void
}

/** Creates through the outbox. A create without a definite answer is kept, and resolves as such. */
export function createTaskCreator({ outbox, userId, latest, onKept }: CreatorOptions) {
  return async (
    input: CreateTask,
    options: Pick<CreateOptions, 'traceId'> = {},
  ): Promise<BackgroundTask | KeptTask> => {
    if (userId === null) throw new TaskError('unauthenticated', 'You are signed out. Sign in and try again.')
    try {
      return latest(await outbox.create(input, options))
    } catch (error) {
      const unsent = isTaskError(error) && outbox.find(input)
      if (!unsent) throw error
      onKept(unsent)
      return { status: 'kept', type: input.type, key: unsent.key, traceId: unsent.traceId, reason: error.code }
    }
  }
}
