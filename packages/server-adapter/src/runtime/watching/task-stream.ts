import { describeError, LIMITS, type TaskHints, type TaskLogger, type TaskStreamEvent } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { TaskScope } from '../../principal.js'
import { UnfitAnswerError } from '../../principal.schema.js'
import type { TaskChange } from '../../store/task-watcher.js'
import type { Expecting } from '../estimating/expectation.js'
import { createStreamHints } from './stream-hints.js'
import { createStreamView } from './stream-view.js'
import type { StreamedTask } from './streamed-task.js'
import type { Timings } from '../timings.js'

/** The transport of a stream's messages: an SSE body or a WebSocket. */
export interface TaskStreamSink {
  /** Sends one message: its name, and its data as JSON text without line breaks. */
  send(event: TaskStreamEvent['event'], data: string): void
  /** The number of bytes that were sent but not yet received by the reader. */
  backlog(): number
  /** Ends the transport. `dropped`: the reader is too slow, and unsent bytes may be discarded. */
  close(how: 'finished' | 'dropped'): void
}

/** The events of one reader. The snapshot is ready; events flow once a sink is attached. */
export interface TaskStream {
  /** How long the reader waits, in milliseconds, before it connects again after an unannounced end. */
  readonly pauseMs: number
  /** Attaches the sink; call it once. Sends the snapshot before it returns. */
  attach(sink: TaskStreamSink): void
  /** Tells the stream that the sink's backlog has shrunk, so that waiting tasks can be sent. */
  drain(): void
  /** Tells the stream that the reader is gone. Frees everything; the sink gets no further calls. */
  close(): void
}

/** A stream as `TaskStreams` uses it. */
export interface LiveStream extends TaskStream {
  readonly scope: TaskScope
  /** Sets the snapshot: active and recently ended tasks, the most important first, and their hints. */
  begin(tasks: readonly StreamedTask[], hints: Readonly<Record<string, TaskHints>>): void
  /** Whether the task must be read for this stream now. While the sink is full, the change is only noted. */
  onChange(change: Pick<TaskChange, 'taskId' | 'version'>): boolean
  /** Sends tasks that were just read, except those that the stream may not see or has already sent. */
  offer(tasks: readonly StreamedTask[]): void
  /** The active tasks that need hints. */
  expecting(): Iterable<Expecting>
  /** Whether one of these tasks has no hint yet, or has a new status since its last hint. */
  readonly isCurious: boolean
  /** Sends the hints that differ from the last ones. */
  tell(hints: Readonly<Record<string, TaskHints>>): void
  /** Called once a second. */
  tick(): void
  /** Asks the reader to connect again later, and ends the stream. */
  reconnect(): void
}

interface StreamOptions {
  scope: TaskScope
  /** Only this batch; the stream ends with it. */
  batchId?: string | undefined
  /** Gives the caller's current scope; null if the caller is no longer signed in. */
  currentScope: () => Promise<TaskScope | null>
  /** Requests a read of tasks, which are then offered to this stream. */
  read: (taskIds: readonly string[]) => void
  onEnd: () => void
  timings: Pick<Timings, 'streamMs' | 'reauthenticateMs'>
  clock: Clock
  drawPauseMs: () => number
  logger: TaskLogger
}

/** How many bytes may be unreceived before further messages must wait. */
export const STREAM_ROOM_BYTES = 64 * 1024
/** How long a full sink may make no progress before the stream ends, in milliseconds. */
const SLOW_MS = 60_000
/** The time between beats, in milliseconds: two seconds less than promised, because ticks come only once a second. */
const BEAT_MS = LIMITS.beatSeconds * 1_000 - 2_000
/** The largest snapshot, in bytes. Omits the least important tasks; clients that follow them ask for their status. */
const MOST_SNAPSHOT_BYTES = 4 * 1024 * 1024
/** How many tasks may wait for a full sink. A slower reader is dropped, because a new snapshot serves it better. */
const MOST_WAITING = 10_000
/** How many waiting tasks are read again at once, at most. */
const MOST_AT_ONCE = 100

/**
 * Makes the stream of one reader, for any transport. While the sink is full, the stream keeps only ids and versions, and
 * reads the tasks again when there is room. A slow reader thus costs a few bytes a task, and finally loses its connection.
 */
export function createTaskStream(options: StreamOptions): LiveStream {
  const { scope, batchId, currentScope, read, onEnd, timings, clock, drawPauseMs, logger } = options
  const view = createStreamView({ scope, batchId })
  const hints = createStreamHints()
  let sink: TaskStreamSink | null = null
  let snapshot: string | null = null
  let isOpen = true
  /** Sends the last message, if the stream ended before a sink was attached. */
  let farewell: ((to: TaskStreamSink) => void) | null = null
  /** The recent average size of a task's JSON. Limits how many tasks are read again to those that fit. */
  let usualBytes = 1_000
  let sentAt = clock.uptime()
  let stuck = { since: clock.uptime(), backlog: Infinity }
  // Random, so that streams that began together end at different times.
  const reconnectAt = clock.uptime() + timings.streamMs * (0.8 + 0.2 * Math.random())
  let reauthenticateAt = clock.uptime() + timings.reauthenticateMs

  /** Sends a message. A sink that throws ends this stream, without effect on others. */
  function send(event: TaskStreamEvent['event'], data: string): void {
    try {
      sink?.send(event, data)
      sentAt = clock.uptime()
    } catch (error) {
      fail(error)
    }
  }

  function fail(error: unknown): void {
    logger.warn('What carries a stream of events failed, and the stream with it', { reason: describeError(error) })
    if (isOpen) free()
  }

  function room(): number {
    return sink && snapshot === null ? STREAM_ROOM_BYTES - sink.backlog() : 0
  }

  function free(): void {
    isOpen = false
    sink = null
    snapshot = null
    view.clear()
    hints.clear()
    onEnd()
  }

  function finish(event: 'reconnect' | 'unauthenticated' | 'end', data: object): void {
    if (!isOpen) return
    const reader = sink
    // Freed before the message, because a sink may call `drain` while it sends.
    free()
    const say = (to: TaskStreamSink) => {
      try {
        to.send(event, JSON.stringify(data))
        to.close('finished')
      } catch (error) {
        fail(error)
      }
    }
    if (reader) say(reader)
    else farewell = say
  }

  function drop(): void {
    const reader = sink
    free()
    logger.info('A reader of events takes nothing any more and was let go', {
      ...(scope.reach === 'own' && { userId: scope.userId }),
    })
    reader?.close('dropped')
  }

  const reconnect = () => finish('reconnect', { afterMs: drawPauseMs() })

  function sendTasks(tasks: readonly StreamedTask[]): void {
    let batch: StreamedTask[] = []
    let bytes = 0
    const flush = () => {
      if (batch.length > 0) {
        usualBytes = Math.max(1, bytes / batch.length)
        send('tasks', toNews(batch))
      }
      batch = []
      bytes = 0
    }
    for (const task of tasks) {
      if (!isOpen) return
      if (!view.isNews(task)) continue
      if (room() - bytes <= 0) {
        flush()
        view.postpone(task)
        continue
      }
      view.sent(task)
      hints.sent(task)
      batch.push(task)
      bytes += task.json.length
    }
    flush()
  }

  function drain(): void {
    if (!isOpen || !sink || snapshot !== null) return
    if (view.isOver()) return finish('end', {})
    if (view.waiting === 0 || room() <= 0) return
    read(view.takeWaiting(Math.min(MOST_AT_ONCE, Math.ceil(room() / usualBytes))))
  }

  async function reauthenticate(): Promise<void> {
    // Until the answer comes, no second question starts.
    const nextAt = clock.uptime() + timings.reauthenticateMs
    reauthenticateAt = Infinity
    try {
      const current = await currentScope()
      if (!isOpen) return
      if (!current) return finish('unauthenticated', {})
      // Another person, or other rights, need a new stream.
      if (JSON.stringify(current) !== JSON.stringify(scope)) reconnect()
    } catch (error) {
      if (!isOpen) return
      if (error instanceof UnfitAnswerError) {
        // The next request would be refused for the same reason, so this stream must end.
        logger.error(`A stream ends: ${error.message}`)
        return reconnect()
      }
      // The check failed without an answer. The stream goes on until the next check, but at most for `streamMs`.
      logger.warn('The reader of a stream could not be authenticated again', { reason: describeError(error) })
    } finally {
      reauthenticateAt = nextAt
    }
  }

  return {
    pauseMs: drawPauseMs(),
    scope,
    begin(tasks, given) {
      if (!isOpen) return
      const shown: StreamedTask[] = []
      let bytes = 0
      for (const task of tasks) {
        if (!view.isNews(task)) continue
        view.sent(task)
        bytes += task.json.length
        if (bytes > MOST_SNAPSHOT_BYTES) continue
        hints.sent(task)
        shown.push(task)
      }
      snapshot = toNews(shown, hints.takeNews(given))
    },
    attach(to) {
      farewell?.(to)
      if (!isOpen || snapshot === null) return
      sink = to
      const first = snapshot
      snapshot = null
      stuck = { since: clock.uptime(), backlog: Infinity }
      send('snapshot', first)
      drain()
    },
    onChange(change) {
      if (!isOpen || !view.mayBeNews(change)) return false
      if (room() > 0) return true
      view.postpone(change)
      if (view.waiting > MOST_WAITING) drop()
      return false
    },
    offer(tasks) {
      if (!isOpen) return
      sendTasks(tasks)
      drain()
    },
    drain,
    expecting: () => hints.expecting(),
    get isCurious() {
      return hints.isCurious
    },
    tell(given) {
      // Tasks are more urgent than hints for a slow reader.
      if (!isOpen || room() <= 0) return
      const news = hints.takeNews(given)
      if (news !== null) send('tasks', toNews([], news))
    },
    tick() {
      if (!isOpen) return
      const now = clock.uptime()
      const backlog = sink?.backlog() ?? Infinity
      const moves = backlog < STREAM_ROOM_BYTES || backlog < stuck.backlog
      stuck = { since: moves ? now : stuck.since, backlog }
      if (now - stuck.since >= SLOW_MS) return drop()
      if (now >= reconnectAt) return reconnect()
      if (now >= reauthenticateAt) void reauthenticate()
      drain()
      if (isOpen && room() > 0 && now - sentAt >= BEAT_MS) send('beat', '{}')
    },
    reconnect,
    close() {
      if (isOpen) free()
    },
  }
}

function toNews(tasks: readonly StreamedTask[], hints: string | null = null): string {
  return `{"tasks":[${tasks.map(({ json }) => json).join(',')}]${hints === null ? '' : `,"hints":${hints}`}}`
}
