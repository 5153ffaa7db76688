import { LIMITS, type RetryFrom, TaskError } from '@brandkit/core'
import { hashText } from '../../platform.js'
import type { StoredTask } from '../../store/task-store.js'
import type { CreateTasksInput } from '../../store/task-creation.js'
import type { NewTaskInput } from './new-task.js'

export type Idempotency = NonNullable<CreateTasksInput['idempotency']>

// Stored keys begin with their action, so that a client's key can never equal the key of another action.

/**
 * Makes the stored key of a create. A batch of one task and that task alone are different requests: their answers differ.
 *
 * @throws TaskError `invalid_request` when the key is empty, too long or not visible ASCII
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

/** Whether a header and every store can hold the key unchanged. */
export function isIdempotencyKey(key: string): boolean {
  return key.length <= LIMITS.idCharacters && /^[\x21-\x7e]+$/.test(key)
}

/** Makes the stored key of a retry. The store keeps keys unique, so a task has at most one retry from each beginning. */
export function toRetryKey({ taskId }: Pick<StoredTask, 'taskId'>, from: RetryFrom = 'checkpoint'): Idempotency {
  return { key: `retry:${taskId}${beginning(from)}`, requestHash: taskId }
}

/** The key of a step may be long and hold any character. */
function beginning(from: RetryFrom): string {
  if (from === 'checkpoint') return ''
  return from === 'start' ? ':start' : `:step:${hashText(from.step, 'hex')}`
}
