import {
  type Action,
  type ActOnMatchingResponse,
  ACTIONS,
  type CancelTasksResponse,
  type CreateTasksResponse,
  type GetBatchResponse,
  type GetHealthResponse,
  type GetStatusesResponse,
  type GetStatusResponse,
  type GetStatsResponse,
  type GetTextResponse,
  type GetUsageResponse,
  type ListTasksResponse,
  type MatchingOutcome,
  PROBLEM_MEDIA_TYPE,
  type ProblemDetails,
  TASK_ERROR_TITLES,
  TASK_ERRORS,
  type TaskJson,
} from '@brandkit/core'
import { PROTOCOL, taskErrorCodeSchema, taskJsonSchema } from '@brandkit/core/schemas'
import { expect, vi } from 'vitest'
import * as z from 'zod'
import type { EndpointPerson } from './endpoint-people.js'
import { type Course, reportInput } from './endpoint-tasks.js'

/** An address that serves tasks. */
export interface OpenEndpoint {
  /** Absolute, without a query. */
  url: string
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch
  close(): Promise<void>
}

/** Only a failing condition takes this long, even on a busy machine. */
export const PATIENCE = { timeout: 40_000, interval: 20 }

export interface CallOptions {
  /** Default `ada`; `null` sends no token. */
  user?: EndpointPerson | 'mallory' | null
  /** Default: the action's. */
  method?: string
  query?: Readonly<Record<string, string>>
  /** JSON, or text or bytes to send as they are. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  signal?: AbortSignal
}

/** Every field that any reply has. */
type ReplyBody = GetStatusResponse &
  GetStatusesResponse &
  GetBatchResponse &
  CreateTasksResponse &
  GetTextResponse &
  GetUsageResponse &
  Pick<GetStatsResponse, 'usage'> &
  Omit<CancelTasksResponse, 'outcomes'> &
  Omit<ActOnMatchingResponse, 'outcomes' | 'nextCursor'> & {
    outcomes: (CancelTasksResponse['outcomes'][number] | MatchingOutcome)[]
    taskId: string
  } & ListTasksResponse &
  GetHealthResponse &
  Pick<ProblemDetails, 'code' | 'detail' | 'retryable' | 'issues'>

export interface EndpointReply {
  status: number
  headers: Headers
  body: ReplyBody
}

export type EndpointCaller = ReturnType<typeof createEndpointCaller>

/** Strict, because tenant, epoch and other runtime fields must never be sent. */
const strictTaskSchema = z.strictObject(taskJsonSchema.shape)
const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().min(1),
  code: taskErrorCodeSchema,
  retryable: z.boolean(),
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  taskId: z.string().exactOptional(),
  issues: z
    .array(z.strictObject({ path: z.array(z.union([z.string(), z.int()])), message: z.string() }))
    .exactOptional(),
})

/** Calls an endpoint as a browser does, and checks each reply against the protocol's schemas, in every test. */
export function createEndpointCaller(endpoint: () => OpenEndpoint) {
  function send(
    action: string,
    { user = 'ada', method, query, body, headers, signal }: CallOptions,
  ): Promise<Response> {
    const { url, fetch = globalThis.fetch } = endpoint()
    const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action as Action].method : 'GET'
    const address = new URL(url)
    for (const [name, value] of Object.entries({ action, ...query })) address.searchParams.set(name, value)
    return fetch(address, {
      method: method ?? known,
      headers: {
        ...(user !== null && { authorization: `Bearer ${user}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: toContent(body) }),
      ...(signal && { signal }),
    })
  }

  async function call(action: string, options: CallOptions = {}): Promise<EndpointReply> {
    const response = await send(action, options)
    const { status, headers } = response
    const text = await response.text()
    expect(headers.get('cache-control')).toMatch(/private, no-store/)
    if (status === 204 || status === 304 || options.method === 'HEAD') {
      expect(text).toBe('')
      return { status, headers, body: {} as ReplyBody }
    }
    const body = JSON.parse(text) as ReplyBody
    if (response.ok) assertReply(action, body, headers)
    else assertProblem(status, body, headers)
    return { status, headers, body }
  }

  const create = async (course: Course = 'completes', options: CallOptions = {}): Promise<TaskJson> => {
    const reply = await call('create', { body: reportInput(course), ...options })
    expect(reply).toMatchObject({ status: 202 })
    return reply.body.task
  }

  const read = async (taskId: string, options: CallOptions = {}): Promise<TaskJson> => {
    const reply = await call('status', { query: { taskId }, ...options })
    expect(reply).toMatchObject({ status: 200 })
    return reply.body.task
  }

  return {
    /** Sends a request and returns the unread reply, for streams. */
    send,
    call,
    /** Creates one report. */
    create,
    /** Creates several together. */
    async createBatch(courses: readonly Course[], options: CallOptions = {}): Promise<CreateTasksResponse> {
      const reply = await call('create', { body: { tasks: courses.map((course) => reportInput(course)) }, ...options })
      expect(reply).toMatchObject({ status: 202 })
      return reply.body
    },
    read,
    /** Waits until the task has reached this state, and returns it. */
    until: (taskId: string, expected: Partial<TaskJson>): Promise<TaskJson> =>
      vi.waitFor(async () => {
        const task = await read(taskId)
        expect(task).toMatchObject(expected)
        return task
      }, PATIENCE),
  }
}

function toContent(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

function assertReply(action: string, body: ReplyBody, headers: Headers): void {
  expect(headers.get('content-type')).toMatch(/^application\/json(;|$)/)
  expect(PROTOCOL[action as Action].response.safeParse(body).error).toBeUndefined()
  for (const task of [...(body.task ? [body.task] : []), ...(body.tasks ?? [])])
    expect(strictTaskSchema.safeParse(task).error).toBeUndefined()
}

/** Checks RFC 9457 with our members, and that server internals stay hidden. */
function assertProblem(status: number, body: ReplyBody, headers: Headers): void {
  expect(headers.get('content-type')).toSatisfy((type: string) => type.split(';')[0] === PROBLEM_MEDIA_TYPE)
  expect(problemSchema.safeParse(body).error).toBeUndefined()
  const { retryable } = TASK_ERRORS[body.code]
  expect(body).toMatchObject({ status, retryable, title: TASK_ERROR_TITLES[body.code] })
  expect(JSON.stringify(body)).not.toMatch(/\bat .*:\d+|node_modules|\bselect \b|\.ts\b/i)
}
