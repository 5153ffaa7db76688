import { isTerminal, TaskError, toTaskBatch } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import type { FakeReply } from './fake-reply.js'
import { parseBy } from './fake-request.js'
import { type FakeCall, findBatch, findTask, hintsOf, isVisible } from './fake-services.js'
import { type FakeTask, toListed } from './fake-task.js'

interface Read {
  tasks: readonly FakeTask[]
  body: object
  /** Versions in the order asked for; with the address, that says all. */
  etag: string
}

/** One task, up to 100, or a batch as a whole; with `wait`, held back until something is newer than `If-None-Match`. */
export async function getStatus(call: FakeCall<object>): Promise<FakeReply> {
  const input = parseBy(PROTOCOL.status.request, call.input, { code: 'invalid_request' })
  const read = () => {
    call.store.catchUp()
    return readNow(input, call)
  }
  const known = call.request.headers.get('if-none-match')
  const first = read()
  if (known === null || !names(known, first)) return toReply(first, call)
  if (input.wait === undefined || !isActive(first)) return unchanged(first)

  const isNewer = await untilChanged(call, input.wait * 1_000, () => !names(known, readNow(input, call)))
  const latest = read()
  return isNewer ? toReply(latest, call) : unchanged(latest)
}

type Input = { taskId: string } | { taskIds: readonly string[] } | { batchId: string }

function readNow(input: Input, call: FakeCall<object>): Read {
  const { store, user } = call
  if ('taskIds' in input) {
    const found = input.taskIds
      .map((taskId) => store.get(taskId))
      .map((task) => (task && isVisible(task, user) ? task : null))
    const tasks = found.filter((task) => task !== null)
    const missing = input.taskIds.filter((_taskId, index) => found[index] === null)
    return { tasks, body: { tasks: tasks.map(({ json }) => toListed(json)), missing }, etag: toEtag(found) }
  }
  if ('batchId' in input) {
    const tasks = findBatch(call, user, input.batchId)
    return {
      tasks,
      body: {
        batch: toTaskBatch(
          input.batchId,
          tasks.map(({ json }) => json),
        ),
      },
      etag: toEtag(tasks),
    }
  }
  const task = findTask(call, user, input.taskId)
  if (task.isPurged) throw new TaskError('task_gone', `Task ${input.taskId} has ended and its content was removed.`)
  return { tasks: [task], body: { task: task.json }, etag: toEtag([task]) }
}

function toReply(read: Read, call: FakeCall<object>): FakeReply {
  if (!isActive(read)) return { headers: { etag: read.etag }, body: read.body }
  const { pollAfterMs } = call
  const headers = { etag: read.etag, 'retry-after': String(Math.ceil(pollAfterMs / 1_000)) }
  return { headers, body: { ...read.body, pollAfterMs, hints: hintsOf(read.tasks, call) } }
}

/** Whether `If-None-Match` names the tag. Weak and strong tags compare alike (RFC 9110, section 13.1.2). */
function names(ifNoneMatch: string, { etag }: Read): boolean {
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.match(/"[^"]*"/g)?.some((tag) => tag === etag) ?? false
}

function unchanged({ etag }: Read): FakeReply {
  return { status: 304, headers: { etag }, body: null }
}

/** Resolves with whether it came true before the time was over. */
async function untilChanged(call: FakeCall<object>, ms: number, isTrue: () => boolean): Promise<boolean> {
  const { store, clock, request } = call
  return new Promise((resolve) => {
    const end = (isNewer: boolean) => {
      stopWatching()
      stopTimer()
      resolve(isNewer)
    }
    const stopWatching = store.watch(() => {
      if (isTrue()) end(true)
    })
    const stopTimer = clock.after(ms, () => end(false))
    request.signal.addEventListener('abort', () => end(false))
  })
}

function isActive({ tasks }: Read): boolean {
  return tasks.some(({ json }) => !isTerminal(json.status))
}

function toEtag(tasks: readonly (FakeTask | null)[]): string {
  return `"${tasks.map((task) => task?.json.version ?? '-').join('.')}"`
}
