import {
  type Action,
  getHealthSchema,
  getOpenapiSchema,
  getStatsSchema,
  getStatusSchema,
  listTasksSchema,
  type TaskErrorCode,
  watchTasksSchema,
} from '@brandkit/core'
import type * as z from 'zod'
import type { ReplyName, RequestName } from './component-schemas.js'
import type { HeaderName, RequestHeaderName } from './document-headers.js'

/** A successful answer. Without `schema` it has no body. */
export interface DocumentedReply {
  description: string
  schema?: ReplyName
  /** Default `application/json`. Of `text/event-stream` the schema describes one event. */
  mediaType?: 'text/event-stream'
  /** Sent always. */
  headers?: readonly HeaderName[]
  /** Sent where they mean something. */
  optionalHeaders?: readonly HeaderName[]
}

/** What the document says of one action beside its method. */
export interface Operation {
  id: string
  summary: string
  description: string
  /** As in the action's definition. */
  caller: 'principal' | 'queue' | 'anybody'
  request: { body: RequestName } | { query: z.ZodType }
  headers?: readonly RequestHeaderName[]
  /** What any answer of this action may carry, problems too. */
  anyHeaders?: readonly HeaderName[]
  replies: Readonly<Record<number, DocumentedReply>>
  /** Beside those that every action of its caller and method may answer. */
  errors: readonly TaskErrorCode[]
}

const CREATE_LIMITS = ['rate_limited', 'too_many_active_tasks', 'queue_full'] as const
const CREATE_REFUSALS = ['forbidden', 'unknown_task_type', 'task_type_not_served', 'invalid_payload'] as const
const RATE = ['RateLimit', 'RateLimit-Policy'] as const

/** One entry an action, so that a new action cannot be forgotten. */
export const OPERATIONS: Readonly<Record<Action, Operation>> = {
  create: {
    id: 'createTask',
    summary: 'Create one task, or up to 100 as a batch',
    description:
      'Stores the work and gives control back at once. A batch is created whole or not at all. `priority` and `maxRetries` are requests: the lowest of request, caller’s ceiling and type’s ceiling wins. Under one `Idempotency-Key` the same body creates once, and a repetition answers with what was created first.',
    caller: 'principal',
    request: { body: 'CreateTaskRequest' },
    headers: ['Idempotency-Key'],
    anyHeaders: RATE,
    replies: {
      202: {
        description: 'Accepted: the work itself is still to come.',
        schema: 'CreateTaskResponse',
        headers: ['Location', 'Retry-After'],
      },
    },
    errors: [...CREATE_REFUSALS, ...CREATE_LIMITS, 'idempotency_key_reused'],
  },
  process: {
    id: 'processTask',
    summary: 'Deliver a task, for push queues only',
    description:
      'Called by the queue with its own signature, not by apps. Where workers pull their tasks it answers 404.',
    caller: 'queue',
    request: { body: 'ProcessTaskRequest' },
    replies: { 200: { description: 'What became of the delivery.', schema: 'ProcessTaskResponse' } },
    errors: ['not_found', 'task_busy'],
  },
  status: {
    id: 'getStatus',
    summary: 'Read one task, up to 100, or a batch as a whole',
    description:
      'Takes exactly one of `taskId`, `taskIds` (comma-separated) and `batchId`. With `wait` and `If-None-Match` the answer is held back until something is newer.',
    caller: 'principal',
    request: { query: getStatusSchema.request },
    headers: ['If-None-Match'],
    replies: {
      200: {
        description: 'The facts, and hints beside them.',
        schema: 'GetStatusResponse',
        headers: ['ETag'],
        optionalHeaders: ['Retry-After'],
      },
      304: { description: 'Nothing is newer.', headers: ['ETag'], optionalHeaders: ['Retry-After'] },
    },
    errors: ['task_not_found', 'batch_not_found', 'task_gone'],
  },
  cancel: {
    id: 'cancelTask',
    summary: 'Cancel one task, several, or a batch',
    description: 'Of several tasks each has an outcome of its own. Cancelling twice gives the same answer.',
    caller: 'principal',
    request: { body: 'CancelTaskRequest' },
    replies: { 200: { description: 'Cancelled, now or before.', schema: 'CancelTaskResponse' } },
    errors: ['task_not_found', 'batch_not_found', 'task_is_over', 'task_gone'],
  },
  retry: {
    id: 'retryTask',
    summary: 'Do the work of a failed or cancelled task again',
    description: 'Creates a new task with `retryOf`. Asking twice gives the same one.',
    caller: 'principal',
    request: { body: 'RetryTaskRequest' },
    anyHeaders: RATE,
    replies: {
      202: {
        description: 'The new task.',
        schema: 'RetryTaskResponse',
        headers: ['Location', 'Retry-After'],
      },
    },
    errors: [
      ...CREATE_REFUSALS,
      ...CREATE_LIMITS,
      'task_not_found',
      'task_is_active',
      'task_is_over',
      'task_gone',
      'payload_outdated',
    ],
  },
  delete: {
    id: 'deleteTask',
    summary: 'Remove what an ended task holds',
    description: 'Payload, result and steps are gone for good; the id answers 410 from then on.',
    caller: 'principal',
    request: { body: 'DeleteTaskRequest' },
    replies: { 200: { description: 'Removed, now or before.', schema: 'DeleteTaskResponse' } },
    errors: ['task_not_found', 'task_is_active'],
  },
  list: {
    id: 'listTasks',
    summary: 'List the caller’s tasks, newest first',
    description:
      'Of an operator: the tenant’s. Without payloads. `status` is a comma-separated set; `cursor` is `nextCursor` of the page before.',
    caller: 'principal',
    request: { query: listTasksSchema.request },
    replies: { 200: { description: 'One page.', schema: 'ListTasksResponse' } },
    errors: [],
  },
  events: {
    id: 'watchTasks',
    summary: 'Follow the caller’s tasks, or those of one batch',
    description:
      'Server-sent events: first a `snapshot`, then versions, ascending for each task; intermediates may be skipped, the last never. `event` and `data` of the schema are the fields of that name, and a beat is a comment.',
    caller: 'principal',
    request: { query: watchTasksSchema.request },
    headers: ['Last-Event-ID'],
    replies: {
      200: {
        description: 'The stream.',
        schema: 'TaskStreamEvent',
        mediaType: 'text/event-stream',
        headers: ['X-Accel-Buffering'],
      },
      204: { description: 'Everything that was asked for is over: do not connect again.' },
    },
    // The second: of a page that asks for a WebSocket.
    errors: ['batch_not_found', 'cross_site_request'],
  },
  stats: {
    id: 'getStats',
    summary: 'Count the tenant’s tasks, for operators',
    description: 'Depth, throughput, and durations by type.',
    caller: 'principal',
    request: { query: getStatsSchema.request },
    replies: { 200: { description: 'The counts of this moment.', schema: 'GetStatsResponse' } },
    errors: [],
  },
  health: {
    id: 'getHealth',
    summary: 'Ask whether this process can serve, for load balancers and orchestrators',
    description:
      'Needs nobody to be signed in and says nothing but which part answers. `degraded`: tasks are taken and kept, but run late.',
    caller: 'anybody',
    request: { query: getHealthSchema.request },
    replies: {
      200: { description: '`ok` or `degraded`: send requests.', schema: 'GetHealthResponse' },
      503: { description: '`down`: send none.', schema: 'GetHealthResponse' },
    },
    errors: [],
  },
  openapi: {
    id: 'getOpenapi',
    summary: 'Read this document',
    description: 'Needs nobody to be signed in: it describes the task types and holds no data of anybody.',
    caller: 'anybody',
    request: { query: getOpenapiSchema.request },
    headers: ['If-None-Match'],
    replies: {
      200: { description: 'This document.', schema: 'GetOpenapiResponse', headers: ['ETag'] },
      304: { description: 'It is the one that `If-None-Match` names.', headers: ['ETag'] },
    },
    errors: [],
  },
}
