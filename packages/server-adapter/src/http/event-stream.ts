import { STREAM_ROOM_BYTES, type TaskStream } from '../runtime/watching/task-stream.js'

/** The headers of an event stream. They tell proxies to pass events on at once, without caching or compression. */
export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
}

/**
 * Sends a stream as Server-Sent Events (HTML Living Standard, section 9.2). Our JSON contains no raw line break, so each
 * message is one `data:` line, and a task's text cannot begin another line. A beat is a comment.
 *
 * The body is freed when its reader cancels it or the request is aborted.
 */
export function toEventStream(stream: TaskStream, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const freed = new AbortController()

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const leave = () => {
          stream.close()
          // Closed without an error, because the HTTP server would log an error for every closed tab.
          controller.close()
        }
        if (signal.aborted) return leave()
        signal.addEventListener('abort', leave, { once: true, signal: freed.signal })
        const write = (text: string) => {
          const bytes = encoder.encode(text)
          // Small pieces show how much a slow reader has received.
          for (let at = 0; at < bytes.length; at += STREAM_ROOM_BYTES) {
            controller.enqueue(bytes.subarray(at, at + STREAM_ROOM_BYTES))
          }
        }
        write(`retry: ${stream.pauseMs}\n\n`)
        stream.attach({
          send(event, data) {
            // The client sends this id when it connects again, and gets 204.
            const id = event === 'end' ? `id: ${END_ID}\n` : ''
            write(event === 'beat' ? ': beat\n\n' : `event: ${event}\n${id}data: ${data}\n\n`)
          },
          backlog: () => STREAM_ROOM_BYTES - (controller.desiredSize ?? 0),
          close(how) {
            freed.abort()
            if (how === 'finished') controller.close()
            else controller.error(new Error('The reader of the events is too slow.'))
          },
        })
      },
      pull: () => stream.drain(),
      cancel() {
        freed.abort()
        stream.close()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: STREAM_ROOM_BYTES }),
  )
}

/** The `Last-Event-ID` of a client that has received the end. */
export const END_ID = 'end'
