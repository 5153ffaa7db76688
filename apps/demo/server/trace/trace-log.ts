import {
  formatLogEntry,
  type LogEntry,
  type LogLevel,
  type LogScope,
  type TaskLogger,
  toPrintable,
} from '@brandkit/core'
import type { TaskLifecycleEvent } from '@brandkit/server-adapter'

/** The kept part of one trace. */
export interface TaskTrace {
  lines: { at: string; level: LogLevel; text: string }[]
  events: Pick<TaskLifecycleEvent, 'at' | 'stage' | 'attempt'>[]
}

/** The last lines and events of the last traces, in memory: enough for a person who watches. */
export interface TraceLog {
  /** Wraps a logger so that its lines are kept as well. */
  listen(logger: TaskLogger): TaskLogger
  notice(event: TaskLifecycleEvent): void
  /** The entries of one trace that name a task, or name no task: tasks of a batch share their trace. */
  read(query: { traceId: string; taskId: string }): TaskTrace
}

interface Remembered {
  lines: (TaskTrace['lines'][number] & { taskId: unknown })[]
  events: (TaskTrace['events'][number] & { taskId: string })[]
}

const MOST_TRACES = 200
const MOST_LINES = 500

export function createTraceLog(): TraceLog {
  const traces = new Map<string, Remembered>()

  function open(traceId: string): Remembered {
    const trace = traces.get(traceId) ?? { lines: [], events: [] }
    // The last used trace stands at the end; the first one is dropped first.
    traces.delete(traceId)
    traces.set(traceId, trace)
    const [oldest] = traces.keys()
    if (traces.size > MOST_TRACES && oldest !== undefined) traces.delete(oldest)
    return trace
  }

  function keep(entry: LogEntry): void {
    const { traceId, taskId } = entry.fields
    if (typeof traceId !== 'string') return
    const { lines } = open(traceId)
    lines.push({ at: new Date().toISOString(), level: entry.level, text: toPrintable(formatLogEntry(entry)), taskId })
    if (lines.length > MOST_LINES) lines.shift()
  }

  function listen(logger: TaskLogger, scope?: LogScope): TaskLogger {
    const write =
      (level: LogLevel): TaskLogger['info'] =>
      (message, fields = {}) => {
        logger[level](message, fields)
        keep({ level, scope, message, fields })
      }
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      scope: (next) => listen(logger.scope(next), next),
    }
  }

  return {
    listen: (logger) => listen(logger),
    notice({ traceId, taskId, at, stage, attempt }) {
      const { events } = open(traceId)
      events.push({ at, stage, attempt, taskId })
      if (events.length > MOST_LINES) events.shift()
    },
    read({ traceId, taskId: wanted }) {
      const { lines = [], events = [] } = traces.get(traceId) ?? {}
      return {
        lines: lines.flatMap(({ taskId, ...line }) => (taskId === undefined || taskId === wanted ? [line] : [])),
        events: events.flatMap(({ taskId, ...event }) => (taskId === wanted ? [event] : [])),
      }
    },
  }
}
