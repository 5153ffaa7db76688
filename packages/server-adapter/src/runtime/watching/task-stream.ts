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

/** What takes the messages of a stream: an SSE body, a WebSocket. */
export interface TaskStreamSink {
  /** Takes one message: its name, and its data as JSON text, which holds no line break. */
  send(event: TaskStreamEvent['event'], data: string): void
  /** How many bytes were sent that the reader has not taken yet. */
  backlog(): number
  /** Nothing more comes. `dropped`: the reader is too slow, and what is under way need not arrive. */
  close(how: 'finished' | 'dropped'): void
}

/** The events of one reader. Its snapshot has been read; it begins to flow once there is a sink. */
export interface TaskStream {
  /** How long its reader waits before connecting again after an end without a word. */
  readonly pauseMs: number
  /** Called once. The snapshot is sent before this returns. */
  attach(sink: TaskStreamSink): void
  /** The sink's backlog has shrunk: what waits may be sent. */
  drain(): void
  /** The reader is gone. Frees everything; the sink hears nothing more. */
  close(): void
}

/** What the process's reader of changes needs of a stream. */
export interface LiveStream extends TaskStream {
  readonly scope: TaskScope
  /** What is under way and what has ended lately, the most important first, and what to expect of them. */
  begin(tasks: readonly StreamedTask[], hints: Readonly<Record<string, TaskHints>>): void
  /** Whether the task is to be read for this stream now. While the sink is full it is only noted. */
  onChange(change: Pick<TaskChange, 'taskId' | 'version'>): boolean
  /** Tasks as they were just read; what the stream may not see, or has sent already, is passed over. */
  offer(tasks: readonly StreamedTask[]): void
  /** The tasks under way whose reader wants to know how long they will take. */
  expecting(): Iterable<Expecting>
  /** Whether nothing was guessed yet of one of them. */
  readonly isCurious: boolean
  /** Sends what is different from what was told before. */
  tell(hints: Readonly<Record<string, TaskHints>>): void
  /** Once a second. */
  tick(): void
  /** Asks the reader to come back later, and ends. */
  reconnect(): void
}

interface StreamOptions {
  scope: TaskScope
  /** Only this batch; the stream ends with it. */
  batchId?: string | undefined
  /** What the caller may see by now; null when nobody is signed in any more. */
  currentScope: () => Promise<TaskScope | null>
  /** Has tasks read, and offered to this stream. */
  read: (taskIds: readonly string[]) => void
  onEnd: () => void
  timings: Pick<Timings, 'streamMs' | 'reauthenticateMs'>
  clock: Clock
  drawPauseMs: () => number
  logger: TaskLogger
}

/** Bytes that may be under way to a reader before what follows has to wait. */
export const STREAM_ROOM_BYTES = 64 * 1024
/** A full sink that takes nothing for this long ends the stream. */
const SLOW_MS = 60_000
/** A beat is sent by a tick, which comes once a second, and may never be late. */
const BEAT_MS = LIMITS.beatSeconds * 1_000 - 2_000
/** Beyond it the least important tasks are left out; a client reads the status of those that it knows and misses. */
const MOST_SNAPSHOT_BYTES = 4 * 1024 * 1024
/** Tasks that wait for a full sink. A reader that lets more wait is better served by a fresh snapshot. */
const MOST_WAITING = 10_000
/** Most waiting tasks that are read again at a time, however small they are. */
const MOST_AT_ONCE = 100

/**
 * One reader's stream, whatever carries it. What a full sink cannot take is remembered by its id and read again when
 * there is room, in its latest version: a slow reader costs a few bytes a task, and at last its connection.
 */
export function createTaskStream(options: StreamOptions): LiveStream {
  const { scope, batchId, currentScope, read, onEnd, timings, clock, drawPauseMs, logger } = options
  const view = createStreamView({ scope, batchId })
  const hints = createStreamHints()
  let sink: TaskStreamSink | null = null
  let snapshot: string | null = null
  let isOpen = true
  /** The last message, where it came before there was a sink. */
  let farewell: ((to: TaskStreamSink) => void) | null = null
  /** The size of a task's JSON, lately: no more is read again than there will be room for. */
  let usualBytes = 1_000
  let sentAt = clock.uptime()
  let stuck = { since: clock.uptime(), backlog: Infinity }
  // Spread, so that streams that began together do not end together.
  const reconnectAt = clock.uptime() + timings.streamMs * (0.8 + 0.2 * Math.random())
  let reauthenticateAt = clock.uptime() + timings.reauthenticateMs

  /** A sink that throws is gone, and no other reader shall notice. */
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
    // Before a word is said: a sink may ask for more in the middle of taking it.
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
    // While an answer is awaited, nobody is asked a second time.
    const nextAt = clock.uptime() + timings.reauthenticateMs
    reauthenticateAt = Infinity
    try {
      const current = await currentScope()
      if (!isOpen) return
      if (!current) return finish('unauthenticated', {})
      // Another person, or other rights: they get a stream of their own.
      if (JSON.stringify(current) !== JSON.stringify(scope)) reconnect()
    } catch (error) {
      if (!isOpen) return
      if (error instanceof UnfitAnswerError) {
        // The next request is refused for the same reason, and this stream must not outlive it.
        logger.error(`A stream ends: ${error.message}`)
        return reconnect()
      }
      // No verdict. The next one comes soon, and the stream outlives it by minutes at most.
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
      // A reader that is slow has more urgent things to take.
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
