import { createParser } from 'eventsource-parser'
import type { StreamTransport } from './stream-transport.js'
import { toStreamEvent } from './read-reply.js'
import { toInvalidResponse } from './to-task-error.js'
import { untilAborted } from './abort-signals.js'

/** Server-sent events over fetch, because `EventSource` cannot send headers. */
export const sseTransport: StreamTransport = async ({ request, signal, onEvent, onAlive, onRetry }) => {
  const response = await request()
  // A 204 asks clients not to reconnect: no events will come.
  if (response.status === 204) {
    onEvent({ event: 'end', data: {} })
    return
  }
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    throw toInvalidResponse(response)
  }
  // This `fetch` or page cannot read a streamed answer, so the follower polls.
  if (!response.body || !globalThis.TextDecoder) {
    onEvent({ event: 'end', data: {} })
    return
  }

  const parser = createParser({
    onEvent: (message) => {
      const event = toStreamEvent(message.event ?? 'message', JSON.parse(message.data))
      if (event) onEvent(event)
    },
    onRetry,
  })
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal)
      if (done) return
      onAlive()
      parser.feed(decoder.decode(value, { stream: true }))
    }
  } finally {
    // Also runs after an unreadable message, or with an app's `fetch` that ignores signals.
    void reader.cancel().catch(() => {})
  }
}
