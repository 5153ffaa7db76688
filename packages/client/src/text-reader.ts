import {
  createKnownBackoff,
  isTaskError,
  isTerminal,
  type TaskError,
  type TaskJson,
  type TaskWire,
} from '@brandkit/core'
import { createListeners, type Listeners } from './create-listeners.js'

/** A task's text, as far as it has been read. A new object at each change. */
export interface TaskText {
  text: string
  /** Whether the task has ended and its text is here whole. */
  isComplete: boolean
  /** Why the last read failed. Reads go on after a temporary failure. */
  error: TaskError | null
}

/** Reads one task's text whenever it has grown, and only what is new. */
export interface TextReader {
  /** Takes a version of the task, from any source. Reads if its cursor is a new one. */
  follow(task: { status: TaskJson['status']; textCursor?: string }): void
  readonly get: () => TaskText
  readonly subscribe: Listeners['subscribe']
  /** Stops reading until the next `follow`. */
  stop(): void
}

interface TextReaderOptions {
  service: { readonly wire: Pick<TaskWire, 'getText'> }
  taskId: string
}

/** Creates a reader. It sends nothing until `follow` is called with a task that has a text. */
export function createTextReader({ service, taskId }: TextReaderOptions): TextReader {
  const backoff = createKnownBackoff({ baseMs: 1_000, ceilingMs: 30_000 })
  const listeners = createListeners()
  let state: TaskText = { text: '', isComplete: false, error: null }
  let cursor = ''
  /** The task's cursor and status that were last told. */
  let latest = { cursor: '', isOver: false }
  /** The told cursor that the last answer is at least as new as. */
  let covered = ''
  let failures = 0
  let reading: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(change: Partial<TaskText>): void {
    state = { ...state, ...change }
    listeners.tell()
  }

  async function read(): Promise<void> {
    const abort = new AbortController()
    const asked = latest.cursor
    reading = abort
    try {
      const reply = await service.wire.getText({ taskId, cursor }, { signal: abort.signal })
      if (abort.signal.aborted) return
      failures = 0
      covered = asked
      cursor = reply.cursor
      show({ text: state.text.slice(0, reply.from) + reply.text, isComplete: reply.isComplete, error: null })
    } catch (error) {
      if (abort.signal.aborted || !isTaskError(error)) return
      failures += 1
      // Nothing else can bring a text that does not exist or is another's.
      if (error.retryable) timer = setTimeout(retry, Math.max(error.retryAfterMs ?? 0, backoff.delayMs(failures)))
      else covered = asked
      show({ error })
    } finally {
      if (reading === abort) reading = undefined
    }
    proceed()
  }

  function retry(): void {
    timer = undefined
    proceed()
  }

  function proceed(): void {
    if (reading || timer !== undefined) return
    if (latest.cursor !== cursor && latest.cursor !== covered) void read()
    else if (latest.isOver && latest.cursor === cursor && !state.isComplete) show({ isComplete: true })
  }

  return {
    follow({ status, textCursor = '' }) {
      latest = { cursor: textCursor, isOver: isTerminal(status) }
      proceed()
    },
    get: () => state,
    subscribe: listeners.subscribe,
    stop() {
      clearTimeout(timer)
      timer = undefined
      reading?.abort()
      reading = undefined
    },
  }
}
