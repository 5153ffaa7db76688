import {
  type Action,
  type CreateOptions,
  createTraceId,
  LIMITS,
  type RequestOptions,
  TaskError,
  type TaskFilter,
  type TaskWire,
  toTraceparent,
  withHandled,
} from '@brandkit/core'
import {
  readBatch,
  readCreatedBatch,
  readDeleted,
  readOutcomes,
  readPage,
  readStats,
  readStatuses,
  readTask,
} from './read-reply.js'
import type { Send, TaskRequest } from './send.js'
import { createStatusBatcher } from './status-batcher.js'
import type { RequestQuery } from './to-request-url.js'
import { createWaitForTask } from './wait-for-task.js'
import type { WatchTasks } from './watch-tasks.js'

/** The verbs over HTTP. Calls of `getStatus` in the same turn become one request, whose tasks come without payload. */
export interface ClientWire extends TaskWire {
  /** One connection to the event stream. Absent: this client does without streams. */
  readonly watch?: WatchTasks | undefined
}

/** The verbs over anything that can send a request. */
export function createTaskWire({ send, watch }: { send: Send; watch: WatchTasks | undefined }): ClientWire {
  /** A verb whose request is made from one value. */
  function verb<Input, Reply>(
    action: Action,
    read: (reply: unknown) => Reply,
    toRequest: (input: Input) => Pick<TaskRequest<Reply>, 'query' | 'body'>,
  ) {
    return async (input: Input, { signal }: RequestOptions = {}) => send({ action, read, signal, ...toRequest(input) })
  }

  const readMany = verb('status', readStatuses, (taskIds: readonly string[]) => ({ query: { taskIds } }))
  const cancelMany = verb('cancel', readOutcomes, (taskIds: readonly string[]) => ({ body: { taskIds } }))
  const getStatuses: TaskWire['getStatuses'] = async (taskIds, options) => {
    if (taskIds.length === 0) return { tasks: [], missing: [] }
    // A proxy may refuse a longer address without saying why.
    if (taskIds.length > LIMITS.tasksPerRequest)
      throw new TaskError('invalid_request', `Name ${LIMITS.tasksPerRequest} ids at a time at most.`, { status: 0 })
    return readMany(taskIds, options)
  }

  return withHandled({
    create: async (input, options) => send({ ...toCreation(options), body: input, read: readTask }),
    createMany: async (tasks, options) => send({ ...toCreation(options), body: { tasks }, read: readCreatedBatch }),

    getStatus: createStatusBatcher({
      readOne: verb('status', readTask, (taskId: string) => ({ query: { taskId } })),
      readMany: getStatuses,
    }),
    getStatuses,
    getBatch: verb('status', readBatch, (batchId) => ({ query: { batchId } })),
    waitFor: createWaitForTask(send),

    cancel: verb('cancel', readTask, toTaskBody),
    async cancelMany(taskIds, options) {
      if (taskIds.length === 0) return []
      return cancelMany(taskIds, options)
    },
    cancelBatch: verb('cancel', readOutcomes, (batchId) => ({ body: { batchId } })),

    retry: verb('retry', readTask, toTaskBody),
    delete: verb('delete', readDeleted, toTaskBody),
    list: verb('list', readPage, (filter) => ({ query: toListQuery(filter) })),
    stats: async ({ signal } = {}) => send({ action: 'stats', read: readStats, signal }),
    watch,
  })
}

function toTaskBody(taskId: string) {
  return { body: { taskId } }
}

// Not `randomUUID`, which a page over plain http does not have.
function toCreation({ idempotencyKey = createTraceId(), traceId = createTraceId(), signal }: CreateOptions = {}) {
  // Made once for the call, so that a request which is sent again after a 401 creates nothing twice.
  const headers = { 'idempotency-key': idempotencyKey, traceparent: toTraceparent(traceId) }
  return { action: 'create', headers, traceId, signal } as const
}

function toListQuery({ endedAfter, ...filter }: TaskFilter = {}): RequestQuery {
  // An invalid date becomes `null`, and the server says what is wrong with it.
  return { ...filter, endedAfter: endedAfter instanceof Date ? endedAfter.toJSON() : endedAfter }
}
