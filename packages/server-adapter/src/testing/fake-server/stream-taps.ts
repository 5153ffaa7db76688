import type { TaskStreamEvent } from '@brandkit/core'

/** The open event streams of a fake server. A test can write into them and cut them. */
export interface StreamTaps {
  readonly size: number
  send(event: TaskStreamEvent): void
  cut(): void
  /** The same response, with a body that goes through a tap. */
  tap(response: Response, request: Request): Response
}

interface Tap {
  send(event: TaskStreamEvent): void
  cut(): void
}

export function createStreamTaps(): StreamTaps {
  const taps = new Set<Tap>()

  function tapBody(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
    const reader = body.getReader()
    const encoder = new TextEncoder()
    let leave: (() => void) | undefined
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const end = (how: () => void) => {
            if (!taps.delete(tap)) return
            signal.removeEventListener('abort', abort)
            how()
            void reader.cancel()
          }
          const abort = () => end(() => controller.error(signal.reason))
          const tap: Tap = {
            send(event) {
              controller.enqueue(encoder.encode(toSse(event)))
              if (ENDING.has(event.event)) end(() => controller.close())
            },
            cut: () => end(() => controller.error(new TypeError('The connection was cut.'))),
          }
          leave = () => end(() => {})
          taps.add(tap)
          signal.addEventListener('abort', abort)
          void pump(reader, {
            isOpen: () => taps.has(tap),
            give: (bytes) => controller.enqueue(bytes),
            finish: () => end(() => controller.close()),
            fail: (error) => end(() => controller.error(error)),
          })
        },
        cancel: () => leave?.(),
      },
      { highWaterMark: 0 },
    )
  }

  return {
    get size() {
      return taps.size
    },
    send(event) {
      for (const tap of taps) tap.send(event)
    },
    cut() {
      for (const tap of taps) tap.cut()
    },
    tap(response, { signal }) {
      if (!response.body) return response
      const { status, headers } = response
      return new Response(tapBody(response.body, signal), { status, headers })
    },
  }
}

/** The server closes a stream after these events. */
const ENDING: ReadonlySet<string> = new Set(['reconnect', 'unauthenticated', 'end'])

interface Outlet {
  isOpen: () => boolean
  give: (bytes: Uint8Array) => void
  finish: () => void
  fail: (error: unknown) => void
}

/** Passes on what the server sends, without waiting for the reader. */
async function pump(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { isOpen, give, finish, fail }: Outlet,
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (!isOpen()) return
      if (done) return finish()
      give(value)
    }
  } catch (error) {
    fail(error)
  }
}

function toSse({ event, data }: TaskStreamEvent): string {
  return event === 'beat' ? ': beat\n\n' : `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
