import type { TaskJson, TaskStreamEvent } from '@brandkit/core'
import type { TaskStreamSink } from '../runtime/task-stream.js'

/** A sink whose reader takes what it is told to take. */
export interface RecordingSink extends TaskStreamSink {
  events: TaskStreamEvent[]
  /** Bytes that the reader has not taken. */
  held: number
  /** While true, everything is taken at once. */
  flows: boolean
  closed: 'finished' | 'dropped' | null
  /** The last version of each task. */
  view: () => Map<string, TaskJson>
}

export function recordingSink(): RecordingSink {
  const sink: RecordingSink = {
    events: [],
    held: 0,
    flows: true,
    closed: null,
    send(event, data) {
      if (sink.closed) throw new Error(`"${event}" was sent after the end.`)
      sink.events.push({ event, data: JSON.parse(data) as never })
      if (!sink.flows) sink.held += data.length
    },
    backlog: () => sink.held,
    close(how) {
      sink.closed = how
    },
    view() {
      const tasks = sink.events.flatMap(({ data }) => ('tasks' in data ? data.tasks : []))
      return new Map(tasks.map((task) => [task.taskId, task]))
    },
  }
  return sink
}
