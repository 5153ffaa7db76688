import {
  type Action,
  type CreateOptions,
  createTraceId,
  type RequestOptions,
  type TaskFilter,
  type TaskWire,
  type TextQuery,
  toTraceparent,
  withHandled,
} from '@brandkit/core'
import { readDeleted, readMatched, readPage, readStatuses, readTask, readText } from './read-reply.js'
import type { Send, TaskRequest } from './send.js'
import { createStatusBatcher } from './status-batcher.js'
import type { RequestQuery } from './to-request-url.js'
import type { WatchTasks } from './watch-tasks.js'

/**
 * Only the verbs that a page calls: bundlers keep all functions of an object, so each verb here is in every app. Calls
 * of `getStatus` in the same turn become one request, whose tasks come without payload.
 */
export interface PageWire extends Pick<
  TaskWire,
  'create' | 'getStatus' | 'getStatuses' | 'getText' | 'cancel' | 'retry' | 'delete' | 'actOnMatching' | 'list'
> {
  /** Opens one connection to the event stream. Absent if the client uses no streams. */
  readonly watch?: WatchTasks | undefined
}

/** How much longer than the server's hold time an answer may take, in milliseconds. */
const PATIENCE_MS = 10_000

/** The parts that the verbs need. */
export interface WireParts {
  send: Send
  watch: WatchTasks | undefined
}

/** Creates the verbs over any function that sends requests. */
export function createPageWire({ send, watch }: WireParts): PageWire {
  const verb = createVerbs(send)
  const getStatuses = verb('status', readStatuses, (taskIds: readonly string[]) => ({ query: { taskIds } }))

  return withHandled({
    create: async (input, options) => send({ ...toCreation(options), body: input, read: readTask }),
    getStatus: createStatusBatcher({
      readOne: verb('status', readTask, (taskId: string) => ({ query: { taskId } })),
      readMany: getStatuses,
    }),
    getStatuses,
    getText: verb('text', readText, ({ taskId, cursor, wait = 0 }: TextQuery) => ({
      query: { taskId, cursor, ...(wait > 0 && { wait }) },
      timeoutMs: wait > 0 ? wait * 1_000 + PATIENCE_MS : undefined,
    })),
    cancel: verb('cancel', readTask, toTaskBody),
    retry: async (taskId, { from, signal } = {}) =>
      send({ action: 'retry', body: { taskId, from }, read: readTask, signal }),
    delete: verb('delete', readDeleted, toTaskBody),
    actOnMatching: async ({ action, ...body }, { signal } = {}) => send({ action, body, read: readMatched, signal }),
    list: verb('list', readPage, (filter) => ({ query: toListQuery(filter) })),
    watch,
  })
}

/** Creates a verb from a function that builds its request. */
export function createVerbs(send: Send) {
  return <Input, Reply>(
    action: Action,
    read: (reply: unknown) => Reply,
    toRequest: (input: Input) => Pick<TaskRequest<Reply>, 'query' | 'body' | 'timeoutMs'>,
  ) =>
    async (input: Input, { signal }: RequestOptions = {}) =>
      send({ action, read, signal, ...toRequest(input) })
}

/** The headers of every create. The key does not come from `randomUUID`, which pages over plain http lack. */
export function toCreation({
  idempotencyKey = createTraceId(),
  traceId = createTraceId(),
  signal,
}: CreateOptions = {}) {
  // Made once per call, so that sending again after a 401 creates no second task.
  const headers = { 'idempotency-key': idempotencyKey, traceparent: toTraceparent(traceId) }
  return { action: 'create', headers, traceId, signal } as const
}

function toTaskBody(taskId: string) {
  return { body: { taskId } }
}

function toListQuery({ endedAfter, createdAfter, createdBefore, ...filter }: TaskFilter = {}): RequestQuery {
  return {
    ...filter,
    endedAfter: toMoment(endedAfter),
    createdAfter: toMoment(createdAfter),
    createdBefore: toMoment(createdBefore),
  }
}

/** An invalid date becomes `null`, and the server explains the error. */
function toMoment(moment: Date | string | undefined): string | undefined {
  return moment instanceof Date ? moment.toJSON() : moment
}
