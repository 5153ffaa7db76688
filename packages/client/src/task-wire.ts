import {
  type CancelTasksResponse,
  type CreateTask,
  createTraceId,
  type GetBatchResponse,
  type GetStatusesResponse,
  type ListTasksResponse,
  type TaskFilter,
  TaskError,
  type TaskJson,
  toTraceparent,
} from '@brandkit/core'
import { assertIdCount } from './assert-id-count.js'
import { readBatch, readCreatedBatch, readId, readOutcomes, readPage, readStatuses, readTask } from './read-reply.js'
import type { Send } from './send.js'
import { createStatusBatcher } from './status-batcher.js'
import type { CreateOptions, RequestOptions } from './task-service.js'
import type { RequestQuery } from './to-request-url.js'
import { createWaitForTask } from './wait-for-task.js'
import type { WatchTasks } from './watch-tasks.js'

/** Every verb of the protocol, as JSON. */
export interface TaskWire {
  create(input: CreateTask, options?: CreateOptions): Promise<TaskJson>
  /** Up to 100, all or none. */
  createMany(inputs: readonly CreateTask[], options?: CreateOptions): Promise<{ batchId: string; tasks: TaskJson[] }>
  /** Reads that are asked for in the same turn become one request, whose tasks come without payload. */
  getStatus(taskId: string, options?: RequestOptions): Promise<TaskJson>
  /** Up to 100 ids in one request. */
  getStatuses(taskIds: readonly string[], options?: RequestOptions): Promise<GetStatusesResponse>
  getBatch(batchId: string, options?: RequestOptions): Promise<GetBatchResponse['batch']>
  cancel(taskId: string, options?: RequestOptions): Promise<TaskJson>
  /** Up to 100 ids in one request; each has an outcome of its own. */
  cancelMany(taskIds: readonly string[], options?: RequestOptions): Promise<CancelTasksResponse['outcomes']>
  cancelBatch(batchId: string, options?: RequestOptions): Promise<CancelTasksResponse['outcomes']>
  /** The new task. */
  retry(taskId: string, options?: RequestOptions): Promise<TaskJson>
  delete(taskId: string, options?: RequestOptions): Promise<void>
  list(filter?: TaskFilter, options?: RequestOptions): Promise<ListTasksResponse>
  /** Resolves with the task as it is at its end. */
  waitFor(taskId: string, options?: RequestOptions): Promise<TaskJson>
  /** One connection to the event stream. Absent: this client does without streams. */
  readonly watch?: WatchTasks | undefined
}

/** The verbs over anything that can send a request. */
export function createTaskWire({ send, watch }: { send: Send; watch: WatchTasks | undefined }): TaskWire {
  const readOne: TaskWire['getStatus'] = async (taskId, { signal } = {}) =>
    send({ action: 'status', query: { taskId }, signal, read: readTask })
  const readMany: TaskWire['getStatuses'] = async (taskIds, { signal } = {}) => {
    if (taskIds.length === 0) return { tasks: [], missing: [] }
    assertIdCount(taskIds.length)
    return send({ action: 'status', query: { taskIds: taskIds.join(',') }, signal, read: readStatuses })
  }

  return {
    create: async (input, options) => send({ ...toCreation(options), body: input, read: readTask }),
    createMany: async (inputs, options) =>
      send({ ...toCreation(options), body: { tasks: inputs }, read: readCreatedBatch }),

    getStatus: createStatusBatcher({ readOne, readMany }),
    getStatuses: readMany,
    getBatch: async (batchId, { signal } = {}) =>
      send({ action: 'status', query: { batchId }, signal, read: readBatch }),
    waitFor: createWaitForTask(send),

    cancel: async (taskId, { signal } = {}) => send({ action: 'cancel', body: { taskId }, signal, read: readTask }),
    async cancelMany(taskIds, { signal } = {}) {
      if (taskIds.length === 0) return []
      assertIdCount(taskIds.length)
      return send({ action: 'cancel', body: { taskIds }, signal, read: readOutcomes })
    },
    cancelBatch: async (batchId, { signal } = {}) =>
      send({ action: 'cancel', body: { batchId }, signal, read: readOutcomes }),

    retry: async (taskId, { signal } = {}) => send({ action: 'retry', body: { taskId }, signal, read: readTask }),
    async delete(taskId, { signal } = {}) {
      await send({ action: 'delete', body: { taskId }, signal, read: readId })
    },
    list: async (filter = {}, { signal } = {}) =>
      send({ action: 'list', query: toListQuery(filter), signal, read: readPage }),
    watch,
  }
}

// Not `randomUUID`, which a page over plain http does not have.
function toCreation({ idempotencyKey = createTraceId(), traceId = createTraceId(), signal }: CreateOptions = {}) {
  // Made once for the call, so that a request which is sent again after a 401 creates nothing twice.
  const headers = { 'idempotency-key': idempotencyKey, traceparent: toTraceparent(traceId) }
  return { action: 'create', headers, traceId, signal } as const
}

function toListQuery({ status, endedAfter, limit, ...filter }: TaskFilter): RequestQuery {
  return {
    ...filter,
    status: typeof status === 'object' ? status.join(',') : status,
    endedAfter: endedAfter instanceof Date ? toIso(endedAfter) : endedAfter,
    limit: limit?.toString(),
  }
}

function toIso(date: Date): string {
  if (Number.isNaN(date.getTime()))
    throw new TaskError('invalid_request', 'endedAfter is not a valid date.', { status: 0 })
  return date.toISOString()
}
