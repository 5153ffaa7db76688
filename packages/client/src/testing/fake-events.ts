import { isTerminal, LIMITS, type TaskStreamEvent } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import type { FakeClock } from './fake-clock.js'
import type { FakeReply } from './fake-reply.js'
import { parseBy } from './fake-request.js'
import { type FakeCall, findBatch, hintsOf, isVisible, visibleTasks } from './fake-services.js'
import { type FakeTask, toListed } from './fake-task.js'

/** A stream that is open. */
export interface FakeStream {
  /** Sends one message more, and closes after what ends a stream. */
  send(event: TaskStreamEvent): void
  /** Breaks the connection, without a word. */
  cut(): void
}

/** The caller's tasks, or one batch, as server-sent events: a snapshot first, then versions. */
export function watchTasks({ streams, ...call }: FakeCall<object> & { streams: Set<FakeStream> }): FakeReply {
  const { batchId } = parseBy(PROTOCOL.events.request, call.input, { code: 'invalid_request' })
  const { store, clock, user, request } = call
  const members = () => (batchId === undefined ? visibleTasks(call, user) : findBatch(call, user, batchId))
  const isOver = () => batchId !== undefined && members().every(({ json }) => isTerminal(json.status))
  if (isOver()) return { status: 204, body: null }

  const encoder = new TextEncoder()
  const stops: (() => void)[] = []
  const close = () => {
    for (const stop of stops.splice(0)) stop()
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const news = (event: 'snapshot' | 'tasks', tasks: readonly FakeTask[]) =>
        write(toSse({ event, data: { tasks: tasks.map(({ json }) => toListed(json)), hints: hintsOf(tasks, call) } }))
      const stream: FakeStream = {
        send(event) {
          write(toSse(event))
          if (event.event === 'snapshot' || event.event === 'tasks' || event.event === 'beat') return
          close()
          controller.close()
        },
        cut() {
          close()
          controller.error(new TypeError('The connection was cut.'))
        },
      }
      const whenAborted = () => {
        close()
        controller.error(request.signal.reason)
      }
      const listen = (changed: readonly FakeTask[]) => {
        const mine = changed.filter(
          (task) => isVisible(task, user) && (batchId === undefined || task.json.batchId === batchId),
        )
        if (mine.length > 0) news('tasks', mine)
        if (isOver()) stream.send({ event: 'end', data: {} })
      }

      streams.add(stream)
      request.signal.addEventListener('abort', whenAborted)
      stops.push(
        () => streams.delete(stream),
        () => request.signal.removeEventListener('abort', whenAborted),
        store.watch(listen),
        every((LIMITS.beatSeconds * 1_000) / 2, clock, () => write(': beat\n\n')),
      )
      write('retry: 1000\n\n')
      news(
        'snapshot',
        members().filter((task) => isRecent(task, clock.now())),
      )
    },
    cancel: close,
  })
  return { headers: { 'content-type': 'text/event-stream', 'cache-control': 'private, no-store' }, body }
}

/** Calls back again and again. Returns the function that stops it. */
function every(ms: number, clock: FakeClock, callback: () => void): () => void {
  const again = () => {
    callback()
    stop = clock.after(ms, again)
  }
  let stop = clock.after(ms, again)
  return () => stop()
}

/** Under way, or ended a short time ago. */
function isRecent({ json: { status, completedAt }, isPurged }: FakeTask, now: number): boolean {
  if (!isTerminal(status)) return true
  return !isPurged && completedAt !== undefined && now - Date.parse(completedAt) <= LIMITS.snapshotMinutes * 60_000
}

function toSse({ event, data }: TaskStreamEvent): string {
  return event === 'beat' ? ': beat\n\n' : `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
