import { STREAM_ROOM_BYTES, type TaskStream } from '../runtime/watching/task-stream.js'

/** What an answer says that is a stream of events. Proxies must neither keep it, nor pack it, nor wait for its end. */
export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
}

/**
 * A stream as Server-Sent Events (HTML Living Standard, section 9.2). JSON has no line break outside of escapes, so each
 * message is one `data:` line, and nothing in a task can begin another. A beat is a comment.
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
          // Not as an error: nobody is left to hear of it, and a server would log one for each tab that is closed.
          controller.close()
        }
        if (signal.aborted) return leave()
        signal.addEventListener('abort', leave, { once: true, signal: freed.signal })
        const write = (text: string) => {
          const bytes = encoder.encode(text)
          // In pieces, so that it can be seen how far a slow reader has come.
          for (let at = 0; at < bytes.length; at += STREAM_ROOM_BYTES) {
            controller.enqueue(bytes.subarray(at, at + STREAM_ROOM_BYTES))
          }
        }
        write(`retry: ${stream.pauseMs}\n\n`)
        stream.attach({
          send(event, data) {
            // The id stays with the client, which shows it when it connects again: that is answered with 204.
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

/** `Last-Event-ID` of a client that has seen the end. */
export const END_ID = 'end'
