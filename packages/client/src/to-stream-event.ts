import type { TaskStreamEvent } from '@brandkit/core'
import { readNews } from './read-reply.js'

/**
 * One message of a stream, looked at as lightly as replies are; `null` for an event of a newer server.
 *
 * @throws TypeError when it is not what the protocol promises.
 */
export function toStreamEvent(event: unknown, data: unknown): TaskStreamEvent | null {
  if (event === 'snapshot' || event === 'tasks') return { event, data: readNews(data) }
  if (event === 'beat' || event === 'unauthenticated' || event === 'end') return { event, data: {} }
  if (event === 'reconnect') {
    const afterMs = Number((data as { afterMs?: unknown } | null)?.afterMs)
    return { event, data: { afterMs: afterMs >= 0 ? afterMs : 0 } }
  }
  return null
}
