import {
  type Action,
  type CreateOptions,
  createTraceId,
  type RequestOptions,
  type TaskFilter,
  type TaskWire,
  toTraceparent,
  withHandled,
} from '@brandkit/core'
import { readDeleted, readPage, readStatuses, readTask } from './read-reply.js'
import type { Send, TaskRequest } from './send.js'
import { createStatusBatcher } from './status-batcher.js'
import type { RequestQuery } from './to-request-url.js'
import type { WatchTasks } from './watch-tasks.js'

/**
 * The verbs that a page of tasks calls, and no others: a bundler keeps all functions of an object, so a verb in here is in
 * every app. Calls of `getStatus` in the same turn become one request, whose tasks come without payload.
 */
export interface PageWire extends Pick<
  TaskWire,
  'create' | 'getStatus' | 'getStatuses' | 'cancel' | 'retry' | 'delete' | 'list'
> {
  /** One connection to the event stream. Absent: this client does without streams. */
  readonly watch?: WatchTasks | undefined
}

/** What the verbs stand on. */
export interface WireParts {
  send: Send
  watch: WatchTasks | undefined
}

/** The verbs over anything that can send a request. */
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
    cancel: verb('cancel', readTask, toTaskBody),
    retry: verb('retry', readTask, toTaskBody),
    delete: verb('delete', readDeleted, toTaskBody),
    list: verb('list', readPage, (filter) => ({ query: toListQuery(filter) })),
    watch,
  })
}

/** Makes verbs whose request is made from one value. */
export function createVerbs(send: Send) {
  return <Input, Reply>(
    action: Action,
    read: (reply: unknown) => Reply,
    toRequest: (input: Input) => Pick<TaskRequest<Reply>, 'query' | 'body'>,
  ) =>
    async (input: Input, { signal }: RequestOptions = {}) =>
      send({ action, read, signal, ...toRequest(input) })
}

/** What every request to create has. Not made by `randomUUID`, which a page over plain http does not have. */
export function toCreation({
  idempotencyKey = createTraceId(),
  traceId = createTraceId(),
  signal,
}: CreateOptions = {}) {
  // Made once for the call, so that a request which is sent again after a 401 creates nothing twice.
  const headers = { 'idempotency-key': idempotencyKey, traceparent: toTraceparent(traceId) }
  return { action: 'create', headers, traceId, signal } as const
}

function toTaskBody(taskId: string) {
  return { body: { taskId } }
}

function toListQuery({ endedAfter, ...filter }: TaskFilter = {}): RequestQuery {
  // An invalid date becomes `null`, and the server says what is wrong with it.
  return { ...filter, endedAfter: endedAfter instanceof Date ? endedAfter.toJSON() : endedAfter }
}
