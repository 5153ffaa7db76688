import type { TaskStreamEvent } from '@brandkit/core'
import { readNews } from './read-reply.js'
import { toWaitMs } from './to-wait-ms.js'

/**
 * One message of a stream, looked at as lightly as replies are; `null` for an event of a newer server.
 *
 * @throws TypeError when it is not what the protocol promises.
 */
export function toStreamEvent(event: unknown, data: unknown): TaskStreamEvent | null {
  if (event === 'snapshot' || event === 'tasks') return { event, data: readNews(data) }
  if (event === 'beat' || event === 'unauthenticated' || event === 'end') return { event, data: {} }
  if (event === 'reconnect') {
    return { event, data: { afterMs: toWaitMs((data as { afterMs?: unknown } | null)?.afterMs) ?? 0 } }
  }
  return null
}
