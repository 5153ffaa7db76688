import {
  type Action,
  createTraceId,
  fromTraceparent,
  isTaskError,
  PROBLEM_MEDIA_TYPE,
  TASK_ERRORS,
  TaskError,
  type TaskLogger,
  ACTIONS,
  toProblemDetails,
} from '@brandkit/core'
import { type Principal, scopeOf } from '../principal.js'
import { describeIssues, toFieldIssues } from '../runtime/new-task.js'
import type { TaskStream } from '../runtime/task-stream.js'
import { cancelTask } from './actions/cancel-task.js'
import { createTask } from './actions/create-task.js'
import { deleteTask } from './actions/delete-task.js'
import { getOpenapi } from './actions/get-openapi.js'
import { getStatus } from './actions/get-status.js'
import { listTasks } from './actions/list-tasks.js'
import { processTask } from './actions/process-task.js'
import { watchTasks } from './actions/watch-tasks.js'
import { checkOrigin } from './check-origin.js'
import { allowOrigin, answerPreflight, assertOrigins } from './cors.js'
import type { ActionDefinition, ActionReply, ActionServices } from './define-action.js'
import { EVENT_STREAM_HEADERS, toEventStream } from './event-stream.js'
import type { ServedOpenapi } from './openapi/serve-openapi.js'
import { assertJson, parseJsonObject, readBody } from './read-body.js'

const ACTION_DEFINITIONS: Partial<Record<Action, ActionDefinition>> = {
  create: createTask,
  process: processTask,
  status: getStatus,
  cancel: cancelTask,
  delete: deleteTask,
  list: listTasks,
  events: watchTasks,
  openapi: getOpenapi,
}

export interface TaskHandlerOptions {
  /** Resolves once store and queue are connected. */
  services: () => Promise<ActionServices>
  authenticate: (request: Request) => Principal | null | Promise<Principal | null>
  allowedOrigins: readonly string[]
  /** Of the trace that the app itself has begun for the request. */
  activeTraceId: () => string | null
  /** The description of this server. */
  openapi: () => ServedOpenapi
  logger: TaskLogger
}

/** Neither door rejects: every failure is a problem document. */
export interface TaskHandler {
  /** The whole protocol as one fetch-style function. */
  handler: (request: Request) => Promise<Response>
  /** `action=events` for a connection that can be upgraded: the stream, or the answer that refuses it. */
  openEvents: (request: Request) => Promise<TaskStream | Response>
}

/** @throws TypeError when an allowed origin is none. */
export function createTaskHandler(options: TaskHandlerOptions): TaskHandler {
  assertOrigins(options.allowedOrigins)
  const logger = options.logger.scope('API/Jobs')

  async function enter<T>(
    request: Request,
    { admit, leave }: { admit?: () => void; leave: (reply: ActionReply, headers: Headers) => T },
  ): Promise<T | Response> {
    const traceId = options.activeTraceId() ?? fromTraceparent(request.headers.get('traceparent')) ?? createTraceId()
    const replyHeaders = new Headers(HEADERS)
    allowOrigin(request, replyHeaders, options.allowedOrigins)
    const preflight = answerPreflight(request, replyHeaders, options.allowedOrigins)
    if (preflight) return preflight
    try {
      admit?.()
      return leave(await answer(request, { traceId, replyHeaders }, { ...options, logger }), replyHeaders)
    } catch (error) {
      return toProblem(error, replyHeaders, { traceId, logger })
    }
  }

  return {
    handler: (request) => enter(request, { leave: (reply, headers) => toResponse(reply, headers, request.signal) }),
    openEvents: (request) =>
      enter(request, {
        admit: () => assertUpgrade(request, options),
        leave: (reply, headers) => reply.stream ?? toResponse(reply, headers, request.signal),
      }),
  }
}

/** Browsers ask nobody before they open a WebSocket to another site, with the user's cookies: the server has to look. */
function assertUpgrade(request: Request, { allowedOrigins }: TaskHandlerOptions): void {
  checkOrigin(request, allowedOrigins)
  const { name } = findAction(new URL(request.url).searchParams)
  if (name === 'events') return
  throw new TaskError('invalid_request', `Only \`?action=events\` can be upgraded; send ${name} over HTTP.`)
}

async function answer(
  request: Request,
  { traceId, replyHeaders }: { traceId: string; replyHeaders: Headers },
  options: TaskHandlerOptions,
): Promise<ActionReply> {
  const { authenticate, allowedOrigins, logger } = options
  const query = new URL(request.url).searchParams
  const action = findAction(query)
  logger.info(`Received request with action: ${action.name}`, { traceId })
  assertMethod(request, action, replyHeaders)

  if (action.caller === 'queue') {
    const services = await options.services()
    const { queue } = services
    if (!queue.receive) throw new TaskError('not_found', 'This server pulls its tasks; nobody delivers them.')
    const { headers } = request
    const body = await readBody(request, action.maxBytes)
    try {
      const input = parseInput(await queue.receive({ body, headers }), action)
      return await action.run({
        ...services,
        request: input,
        principal: null,
        scope: null,
        currentScope: async () => null,
        headers,
        replyHeaders,
        traceId,
        logger,
      } as never)
    } catch (error) {
      return refuseDelivery(error, { queue, traceId, logger })
    }
  }

  if (action.caller === 'anybody') {
    const input = parseInput(await readInput(request, query, action), action)
    return action.run({ request: input as never, headers: request.headers, openapi: options.openapi })
  }

  if (request.method !== 'GET') checkOrigin(request, allowedOrigins)
  const identify = async () => {
    const principal = await authenticate(request)
    return principal && { principal, scope: scopeOf(principal) }
  }
  const caller = await identify()
  if (!caller) throw new TaskError('unauthenticated', 'Nobody is signed in. Sign in, or send a token, and try again.')
  const input = parseInput(await readInput(request, query, action), action)
  const services = await options.services()
  return action.run({
    ...services,
    ...caller,
    request: input,
    currentScope: async () => (await identify())?.scope ?? null,
    headers: request.headers,
    replyHeaders,
    traceId,
    logger,
  } as never)
}

/** Tells the queue, in its own words, that repeating this delivery is of no use. @throws the error when it may be. */
function refuseDelivery(
  error: unknown,
  { queue, traceId, logger }: Pick<ActionServices, 'queue'> & { traceId: string; logger: TaskLogger },
): ActionReply {
  const { refusal } = queue.capabilities
  // A signature may be right next time: keys rotate.
  if (!refusal || !isTaskError(error) || error.retryable || error.code === 'unauthenticated') throw error
  logger.warn(`Delivery refused for good: ${error.code}`, { traceId })
  return {
    status: refusal.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...refusal.headers },
    body: toProblemDetails(error, traceId),
  }
}

function findAction(query: URLSearchParams): ActionDefinition {
  const [name, ...others] = query.getAll('action')
  if (others.length > 0) throw new TaskError('invalid_request', 'Say `action` once: a request does one thing.')
  // `hasOwn`, because `constructor` is no action.
  const action = name !== undefined && Object.hasOwn(ACTION_DEFINITIONS, name) && ACTION_DEFINITIONS[name as Action]
  if (action) return action
  throw new TaskError('unknown_action', `Say what to do with \`?action=\`: one of ${Object.keys(ACTIONS).join(', ')}.`)
}

function assertMethod(request: Request, { name }: ActionDefinition, replyHeaders: Headers): void {
  const { method } = ACTIONS[name]
  if (request.method === method) return
  replyHeaders.set('allow', method)
  throw new TaskError('method_not_allowed', `The action ${name} takes ${method}, not ${request.method}.`)
}

async function readInput(request: Request, query: URLSearchParams, { maxBytes }: ActionDefinition): Promise<object> {
  if (request.method === 'GET') return toQueryObject(query)
  assertJson(request)
  return parseJsonObject(await readBody(request, maxBytes))
}

function toQueryObject(query: URLSearchParams): Record<string, string> {
  const entries = [...query].filter(([key]) => key !== 'action')
  const keys = new Set(entries.map(([key]) => key))
  if (keys.size < entries.length)
    throw new TaskError('invalid_request', 'A query parameter is given twice. Separate several values by commas.')
  return Object.fromEntries(entries)
}

function parseInput(input: object, { schema, name }: ActionDefinition): unknown {
  const parsed = schema.request.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = toFieldIssues(parsed.error)
  throw new TaskError('invalid_request', `The request for ${name} is malformed: ${describeIssues(issues)}`, { issues })
}

/** Task data belongs to one person: no shared cache may keep it. */
const HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }

function toResponse(
  { status = 200, headers: own, body, stream }: ActionReply,
  headers: Headers,
  signal: AbortSignal,
): Response {
  if (stream) {
    for (const [name, value] of Object.entries(EVENT_STREAM_HEADERS)) headers.set(name, value)
    return new Response(toEventStream(stream, signal), { status, headers })
  }
  if (body !== null) headers.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(own ?? {})) headers.set(name, value)
  const isValue = typeof body === 'object' && body !== null && !(body instanceof ReadableStream)
  const content = isValue ? JSON.stringify(body) : body
  return new Response(content, { status, headers })
}

function toProblem(
  error: unknown,
  headers: Headers,
  { traceId, logger }: { traceId: string; logger: TaskLogger },
): Response {
  const known = isTaskError(error) && Object.hasOwn(TASK_ERRORS, error.code) ? error : unexpected(error)
  if (known.status >= 500) logger.error(`Request failed: ${describeCause(error)}`, { traceId, code: known.code })
  else logger.info(`Request refused: ${known.code}`, { traceId })

  headers.set('content-type', PROBLEM_MEDIA_TYPE)
  if (known.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(known.retryAfterMs / 1_000)))
  return new Response(JSON.stringify(toProblemDetails(known, traceId)), { status: known.status, headers })
}

function unexpected(cause: unknown): TaskError {
  return new TaskError(
    'internal_error',
    'Something went wrong on our side. Try again; if it stays, tell us the trace id.',
    { cause },
  )
}

/** For the server's log only. */
function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? ` caused by ${error.cause.stack ?? error.cause.message}` : ''
  return `${error.stack ?? error.message}${cause}`
}
