import { LIMITS, TaskError } from '@brandkit/core'
import { hashText } from '../../platform.js'
import type { CreateTasksInput, StoredTask } from '../../store/task-store.js'
import type { NewTaskInput } from './new-task.js'

export type Idempotency = NonNullable<CreateTasksInput['idempotency']>

// Keys are kept with their action, so that no key that a client can choose is another action's.

/**
 * A batch of one is another request than that one task: their answers differ.
 *
 * @throws TaskError `invalid_request` when the key could not be kept as it is
 */
export function toCreateKey(key: string, request: NewTaskInput | { tasks: readonly NewTaskInput[] }): Idempotency {
  if (!isIdempotencyKey(key)) {
    throw new TaskError(
      'invalid_request',
      `The Idempotency-Key must be 1 to ${LIMITS.idCharacters} visible ASCII characters, for example a UUID.`,
    )
  }
  return {
    key: `create:${key}`,
    requestHash: hashText(JSON.stringify(request), 'hex'),
  }
}

/** Whether it goes through a header and into every store as it is. */
export function isIdempotencyKey(key: string): boolean {
  return key.length <= LIMITS.idCharacters && /^[\x21-\x7e]+$/.test(key)
}

/** One retry for each task, however often and from where it is asked for: the store keeps keys unique. */
export function toRetryKey({ taskId }: Pick<StoredTask, 'taskId'>): Idempotency {
  return { key: `retry:${taskId}`, requestHash: taskId }
}
