import { TaskError, type TaskWire } from '@brandkit/core'

/**
 * A create that one tab at a time sends under its key: the tabs share what an outbox stores, and the tab that was asked
 * may still wait for the answer while another one sends what is left. The server would make one task of both anyway.
 *
 * @param name what all tabs call this outbox
 */
export function createAlone(name: string, create: TaskWire['create']): TaskWire['create'] {
  return async (input, options) => {
    // Plain http on a LAN has no locks, and an older Node has no navigator.
    const { locks } = globalThis.navigator ?? {}
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
