import {
  type Action,
  type CancelTasksResponse,
  type CreateTask,
  createTraceId,
  type GetBatchResponse,
  type GetStatusesResponse,
  LIMITS,
  type ListTasksResponse,
  type TaskFilter,
  TaskError,
  type TaskJson,
  toTraceparent,
  withHandled,
} from '@brandkit/core'
import {
  readBatch,
  readCreatedBatch,
  readDeleted,
  readOutcomes,
  readPage,
  readStatuses,
  readTask,
} from './read-reply.js'
import type { Send, TaskRequest } from './send.js'
import { createStatusBatcher } from './status-batcher.js'
import type { CreateOptions, RequestOptions } from './task-service.js'
import type { RequestQuery } from './to-request-url.js'
import { createWaitForTask } from './wait-for-task.js'
import type { WatchTasks } from './watch-tasks.js'

/** Every verb of the protocol, as JSON. None needs its `this`. */
export interface TaskWire {
  readonly create: (input: CreateTask, options?: CreateOptions) => Promise<TaskJson>
  /** Up to 100, all or none. */
  readonly createMany: (
    inputs: readonly CreateTask[],
    options?: CreateOptions,
  ) => Promise<{ batchId: string; tasks: TaskJson[] }>
  /** Reads that are asked for in the same turn become one request, whose tasks come without payload. */
  readonly getStatus: (taskId: string, options?: RequestOptions) => Promise<TaskJson>
  /** Up to 100 ids in one request. */
  readonly getStatuses: (taskIds: readonly string[], options?: RequestOptions) => Promise<GetStatusesResponse>
  readonly getBatch: (batchId: string, options?: RequestOptions) => Promise<GetBatchResponse['batch']>
  readonly cancel: (taskId: string, options?: RequestOptions) => Promise<TaskJson>
  /** Up to 100 ids in one request; each has an outcome of its own. */
  readonly cancelMany: (
    taskIds: readonly string[],
    options?: RequestOptions,
  ) => Promise<CancelTasksResponse['outcomes']>
  readonly cancelBatch: (batchId: string, options?: RequestOptions) => Promise<CancelTasksResponse['outcomes']>
  /** The new task. */
  readonly retry: (taskId: string, options?: RequestOptions) => Promise<TaskJson>
  readonly delete: (taskId: string, options?: RequestOptions) => Promise<void>
  readonly list: (filter?: TaskFilter, options?: RequestOptions) => Promise<ListTasksResponse>
  /** Resolves with the task as it is at its end. */
  readonly waitFor: (taskId: string, options?: RequestOptions) => Promise<TaskJson>
  /** One connection to the event stream. Absent: this client does without streams. */
  readonly watch?: WatchTasks | undefined
}

/** The verbs over anything that can send a request. */
export function createTaskWire({ send, watch }: { send: Send; watch: WatchTasks | undefined }): TaskWire {
  /** A verb that is asked for with one value, of which its request is made. */
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
    // A longer address may be refused on its way, by somebody who does not say why.
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
  // A date that is none becomes `null`, of which the server says what is wrong.
  return { ...filter, endedAfter: endedAfter instanceof Date ? endedAfter.toJSON() : endedAfter }
}
