import type { TaskWire } from '@brandkit/client'
import { TaskError } from '@brandkit/core'

/**
 * A create that one tab at a time sends under its key: the outbox is shared, and the tab that was asked may still wait for
 * the answer while another one looks what is left to be sent. The server would make one task of it all the same.
 */
export function createAlone(name: string, create: TaskWire['create']): TaskWire['create'] {
  return async (input, options) => {
    const { locks } = navigator
    const key = options?.idempotencyKey
    if (!locks || key === undefined) return create(input, options)
    let isAnswered = false
    const send = async (lock: Lock | null) => {
      isAnswered = true
      if (lock) return create(input, options)
      throw new TaskError('network_error', 'Another tab is sending this task right now.')
    }
    try {
      return await locks.request(`${name}:${key}`, { ifAvailable: true }, send)
    } catch (error) {
      if (isAnswered) throw error
      // Forbidden, in a sandboxed frame for example: then no other tab can agree with this one.
      return create(input, options)
    }
  }
}
