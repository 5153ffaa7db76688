import {
  type CreateTask,
  createTraceId,
  LIMITS,
  type TaskFilter,
  TaskError,
  type TaskJson,
  toTraceparent,
} from '@brandkit/core'
import { readBatch, readPage, readStatuses, readTask } from './read-reply.js'
import type { Send } from './send.js'
import type { CreateOptions, RequestOptions, TaskWire } from './task-service.js'
import type { RequestQuery } from './to-request-url.js'

/** Every verb of the protocol, as JSON. */
export interface WireVerbs extends TaskWire {
  createMany(inputs: readonly CreateTask[], options?: CreateOptions): Promise<{ batchId: string; tasks: TaskJson[] }>
  getStatus(taskId: string, options?: RequestOptions): Promise<TaskJson>
}

/** The verbs over anything that can send a request. */
export function createTaskWire(send: Send): WireVerbs {
  return {
    create: async (input, options) => send({ ...toCreation(options), body: input, read: readTask }),
    createMany: async (inputs, options) => send({ ...toCreation(options), body: { tasks: inputs }, read: readBatch }),

    getStatus: async (taskId, { signal } = {}) => send({ action: 'status', query: { taskId }, signal, read: readTask }),
    async getStatuses(taskIds, { signal } = {}) {
      if (taskIds.length === 0) return { tasks: [], missing: [] }
      if (taskIds.length > LIMITS.tasksPerRequest) throw tooManyIds(taskIds.length)
      return send({ action: 'status', query: { taskIds: taskIds.join(',') }, signal, read: readStatuses })
    },

    cancel: async (taskId, { signal } = {}) => send({ action: 'cancel', body: { taskId }, signal, read: readTask }),
    list: async (filter = {}, { signal } = {}) =>
      send({ action: 'list', query: toListQuery(filter), signal, read: readPage }),
  }
}

function toCreation({ idempotencyKey = crypto.randomUUID(), traceId = createTraceId(), signal }: CreateOptions = {}) {
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

function tooManyIds(count: number): TaskError {
  const most = LIMITS.tasksPerRequest
  return new TaskError('invalid_request', `${count} ids are too many for one request. Ask for ${most} at a time.`, {
    status: 0,
  })
}
