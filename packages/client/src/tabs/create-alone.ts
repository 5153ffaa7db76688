import { TaskError, type TaskWire } from '@brandkit/core'

/**
 * A create that only one tab at a time sends under its key. Tabs share the stored outbox, and one tab may still wait
 * for a reply while another sends the remaining entries. The server would create only one task anyway.
 *
 * @param name the name of this outbox in all tabs
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
      // Locks may be forbidden, for example in a sandboxed frame. Then tabs cannot coordinate.
      return create(input, options)
    }
  }
}
