import { ACTIONS, fromTraceparent, methodsOf, parseJsonObject, TaskError, type TaskLogger } from '@brandkit/core'
import { readQuery } from '@brandkit/core/schemas'
import type { KnownPrincipal, Principal } from '../principal.js'
import { parsePrincipal } from '../principal.schema.js'
import { createTraceId } from '../random-ids.js'
import { readAnswer } from '../read-answer.js'
import type { ReadHealth } from '../runtime/connecting/health.js'
import type { TaskStream } from '../runtime/watching/task-stream.js'
import { findAction } from './action-definitions.js'
import { answerDelivery } from './answer-delivery.js'
import { checkOrigin } from './check-origin.js'
import { allowOrigin, answerPreflight, assertOrigins } from './cors.js'
import type { ActionDefinition, ActionReply, ServedOpenapi } from './define-action.js'
import { type ActionRuntime, parseInput, performAction } from './perform-action.js'
import type { AnswerHeaders, HttpAnswer, HttpRequest } from './http-exchange.js'
import { assertJson, readBody } from './read-body.js'
import { COMMON_HEADERS, toAnswer } from './to-answer.js'
import { toProblem } from './to-problem.js'
import { fromWeb, toWeb } from './web-border.js'

export interface TaskHandlerOptions extends ActionRuntime {
  authenticate: (request: Request) => Principal | null | Promise<Principal | null>
  allowedOrigins: readonly string[]
  /** The id of the trace that the app has begun for the request; null without one. */
  activeTraceId: () => string | null
  /** Aborts when the server stops. */
  closing: AbortSignal
  /** Gives the OpenAPI document of this server. */
  openapi: () => ServedOpenapi
  readHealth: ReadHealth
  /** Scoped `[API/Jobs]`. */
  logger: TaskLogger
}

/** The entrances of a server. None rejects: every failure is answered with a problem document. */
export interface TaskHandler {
  /** The whole protocol, behind any border. */
  answer: (request: HttpRequest) => Promise<HttpAnswer>
  /** `answer` behind the web border: the whole protocol as one fetch-style function. */
  handler: (request: Request) => Promise<Response>
  /** Serves `action=events` on a connection that can be upgraded: gives the stream, or the response that refuses it. */
  openEvents: (request: Request) => Promise<TaskStream | Response>
}

/** @throws TypeError for an invalid origin in `allowedOrigins` */
export function createTaskHandler(options: TaskHandlerOptions): TaskHandler {
  const { allowedOrigins, logger } = options
  assertOrigins(allowedOrigins)

  async function enter<T>(
    request: HttpRequest,
    { admit, leave }: { admit?: () => void; leave: (reply: ActionReply, headers: AnswerHeaders) => T },
  ): Promise<T | HttpAnswer> {
    const traceId = options.activeTraceId() ?? fromTraceparent(request.headers.get('traceparent')) ?? createTraceId()
    const replyHeaders: AnswerHeaders = { ...COMMON_HEADERS }
    allowOrigin(request, replyHeaders, allowedOrigins)
    const preflight = answerPreflight(request, replyHeaders, allowedOrigins)
    if (preflight) return preflight
    try {
      admit?.()
      return leave(await perform(request, { traceId, replyHeaders }, options), replyHeaders)
    } catch (error) {
      return toProblem(error, replyHeaders, { traceId, logger, method: request.method })
    }
  }

  const answer = (request: HttpRequest) =>
    enter(request, { leave: (reply, headers) => toAnswer(reply, headers, request) })

  return {
    answer,
    handler: async (request) => toWeb(await answer(fromWeb(request))),
    async openEvents(web) {
      const request = fromWeb(web)
      const opened = await enter(request, {
        admit: () => assertUpgrade(request, options),
        leave: (reply, headers) => reply.stream ?? toAnswer(reply, headers, request),
      })
      return 'attach' in opened ? opened : toWeb(opened)
    },
  }
}

/** Checks the origin, because browsers open a WebSocket to another site, with cookies, without a preflight. */
function assertUpgrade(request: HttpRequest, { allowedOrigins }: TaskHandlerOptions): void {
  checkOrigin(request, allowedOrigins)
  const { name } = findAction(request.query)
  if (name === 'events') return
  throw new TaskError('invalid_request', `Only \`?action=events\` can be upgraded; send ${name} over HTTP.`)
}

async function perform(
  request: HttpRequest,
  { traceId, replyHeaders }: { traceId: string; replyHeaders: AnswerHeaders },
  options: TaskHandlerOptions,
): Promise<ActionReply> {
  const { authenticate, allowedOrigins, closing, logger } = options
  const { headers, query } = request
  const signal = () => request.signal
  const action = findAction(query)
  logger.debug(`Received request with action: ${action.name}`, { traceId })
  assertMethod(request, action, replyHeaders)

  if (action.caller === 'queue')
    return answerDelivery(request, action, {
      headers,
      signal,
      replyHeaders,
      traceId,
      logger,
      services: await options.services(),
    })

  if (action.caller === 'anybody') {
    const input = parseInput(await readInput(request, query, action), action)
    const { openapi, readHealth } = options
    return action.run({ request: input as never, headers, openapi, readHealth })
  }

  if (ACTIONS[action.name].method !== 'GET') checkOrigin(request, allowedOrigins)
  const currentPrincipal = async (): Promise<KnownPrincipal | null> =>
    readAnswer(authenticate(request.web), { from: 'authenticate', read: toPrincipal, closing })
  const principal = await currentPrincipal()
  if (!principal) throw new TaskError('unauthenticated', 'You are signed out. Sign in and try again.')
  const input = await readInput(request, query, action)
  return performAction(
    action,
    { headers, signal, replyHeaders, traceId, logger, input, principal, currentPrincipal },
    options,
  )
}

/** Checks the answer of `authenticate`. JavaScript apps may answer `undefined` instead of `null`. */
function toPrincipal(given: unknown): KnownPrincipal | null {
  return given === null || given === undefined ? null : parsePrincipal(given, 'authenticate')
}

function assertMethod(request: HttpRequest, { name }: ActionDefinition, replyHeaders: AnswerHeaders): void {
  const methods: readonly string[] = methodsOf(name)
  if (methods.includes(request.method)) return
  replyHeaders['allow'] = methods.join(', ')
  throw new TaskError('method_not_allowed', `The action ${name} takes ${methods.join(' and ')}, not ${request.method}.`)
}

async function readInput(
  request: HttpRequest,
  query: URLSearchParams,
  { name, schema, maxBytes }: ActionDefinition,
): Promise<object> {
  if (ACTIONS[name].method === 'GET') return readQuery(query, schema.request)
  assertJson(request)
  return parseJsonObject(await readBody(request, maxBytes))
}
