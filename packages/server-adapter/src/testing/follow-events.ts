import type { TaskSummaryJson, TaskStreamEvent } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'

/** A stream of events as its reader sees it. */
export interface FollowedEvents {
  status: number
  headers: Headers
  /** Every message so far, checked against the protocol's schema. */
  events: TaskStreamEvent[]
  /** The id of each event, if it has one. */
  ids: (string | undefined)[]
  /** Comments of the stream, which serve as heartbeats. */
  comments: string[]
  /** The reconnection time that the stream sent, in milliseconds. */
  retryMs: number | undefined
  /** What the reader knows: the latest version of each task. */
  view: Map<string, TaskSummaryJson>
  /** Resolves when the server has ended the stream; rejects when the stream broke off. */
  ended: Promise<void>
  /** Closes the connection. */
  close: () => Promise<void>
}

/** Reads an answer of `action=events` to its end, or until it is closed. */
export function followEvents(response: Response): FollowedEvents {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const followed: FollowedEvents = {
    status: response.status,
    headers: response.headers,
    events: [],
    ids: [],
    comments: [],
    retryMs: undefined,
    view: new Map(),
    ended: Promise.resolve(),
    close: async () => {
      // A broken stream is already closed.
      await reader?.cancel().catch(() => {})
    },
  }

  async function read(): Promise<void> {
    let text = ''
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) return
      text += value
      // Large messages come in many pieces.
      if (!/[\r\n]/.test(value ?? '')) continue
      // As in the standard: a line ends with CR, LF or both, and a blank line ends a message.
      const blocks = text.split(/\r\n\r\n|\n\n|\r\r/)
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block.split(/\r\n|\n|\r/), followed)
    }
  }
  followed.ended = read()
  followed.ended.catch(() => {})
  return followed
}

function take(lines: readonly string[], followed: FollowedEvents): void {
  const fields = new Map<string, string>()
  for (const line of lines) {
    if (line.startsWith(':')) followed.comments.push(line.slice(1).trim())
    else fields.set(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart())
  }
  if (fields.has('retry')) followed.retryMs = Number(fields.get('retry'))
  const data = fields.get('data')
  if (data === undefined) return
  const event = PROTOCOL.events.response.parse({
    event: fields.get('event'),
    data: JSON.parse(data),
  }) as TaskStreamEvent
  followed.events.push(event)
  followed.ids.push(fields.get('id'))
  if (event.event !== 'snapshot' && event.event !== 'tasks') return
  for (const task of event.data.tasks) {
    const known = followed.view.get(task.taskId)
    if (known && known.version > task.version) throw new Error(`Task ${task.taskId} went back to an older version.`)
    followed.view.set(task.taskId, task)
  }
}
