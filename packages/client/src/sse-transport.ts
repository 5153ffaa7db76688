import { createParser } from 'eventsource-parser'
import type { StreamTransport } from './stream-transport.js'
import { toStreamEvent } from './read-reply.js'
import { toInvalidResponse } from './to-task-error.js'
import { untilAborted } from './abort-signals.js'

/** Server-sent events over fetch, so that headers can be sent (`EventSource` cannot). */
export const sseTransport: StreamTransport = async ({ request, signal, onEvent, onAlive, onRetry }) => {
  const response = await request()
  // "Connecting again is answered with 204": no events will come.
  if (response.status === 204) {
    onEvent({ event: 'end', data: {} })
    return
  }
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    throw toInvalidResponse(response)
  }
  // A `fetch` or a page that cannot read an answer as it comes: the follower polls.
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
    // Also when a message could not be read, or a `fetch` of the app's does not know signals.
    void reader.cancel().catch(() => {})
  }
}
