import { ACTIONS, fromTraceparent, methodsOf, parseJsonObject, TaskError, type TaskLogger } from '@brandkit/core'
import { readQuery } from '@brandkit/core/schemas'
import { createTraceId } from '../random-ids.js'
import type { ReadHealth } from '../runtime/connecting/health.js'
import type { TaskStream } from '../runtime/watching/task-stream.js'
import { findAction } from './action-definitions.js'
import { answerDelivery } from './answer-delivery.js'
import { authenticateCaller, type AuthenticationOptions } from './authenticate-caller.js'
import { checkOrigin } from './check-origin.js'
import { allowOrigin, answerPreflight, assertOrigins } from './cors.js'
import type { ActionDefinition, ActionReply, ServedOpenapi } from './define-action.js'
import { type ActionRuntime, parseInput, performAction } from './perform-action.js'
import type { AnswerHeaders, HttpAnswer, HttpRequest } from './http-exchange.js'
import { type Mounting, serveMount } from './mounting.js'
import { assertJson, readBody } from './read-body.js'
import { COMMON_HEADERS, toAnswer } from './to-answer.js'
import { toProblem } from './to-problem.js'
import { fromWeb, toWeb } from './web-border.js'

export interface TaskHandlerOptions extends ActionRuntime, AuthenticationOptions {
  allowedOrigins: readonly string[]
  /** The id of the trace that the app has begun for the request; null without one. */
  activeTraceId: () => string | null
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
  /** Answers requests of another protocol. */
  answerMount: Mounting['answer']
}

/** What is known of a request before it is looked at. */
interface Entry {
  traceId: string
  replyHeaders: AnswerHeaders
}

/** @throws TypeError for an invalid origin in `allowedOrigins` */
export function createTaskHandler(options: TaskHandlerOptions): TaskHandler {
  const { allowedOrigins, logger } = options
  assertOrigins(allowedOrigins)

  async function enter<T>(request: HttpRequest, work: (entry: Entry) => Promise<T>): Promise<T | HttpAnswer> {
    const traceId = options.activeTraceId() ?? fromTraceparent(request.headers.get('traceparent')) ?? createTraceId()
    const replyHeaders: AnswerHeaders = { ...COMMON_HEADERS }
    allowOrigin(request, replyHeaders, allowedOrigins)
    const preflight = answerPreflight(request, replyHeaders, allowedOrigins)
    if (preflight) return preflight
    try {
      return await work({ traceId, replyHeaders })
    } catch (error) {
      return toProblem(error, replyHeaders, { traceId, logger, method: request.method })
    }
  }

  const answer = (request: HttpRequest) =>
    enter(request, async (entry) => toAnswer(await perform(request, entry, options), entry.replyHeaders, request))

  return {
    answer,
    handler: async (request) => toWeb(await answer(fromWeb(request))),
    async openEvents(web) {
      const request = fromWeb(web)
      const opened = await enter(request, async (entry) => {
        assertUpgrade(request, options)
        const reply = await perform(request, entry, options)
        return reply.stream ?? toAnswer(reply, entry.replyHeaders, request)
      })
      return 'attach' in opened ? opened : toWeb(opened)
    },
    async answerMount(web, serve) {
      const request = fromWeb(web)
      return toWeb(await enter(request, (entry) => serveMount(request, entry, serve, options)))
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
  { traceId, replyHeaders }: Entry,
  options: TaskHandlerOptions,
): Promise<ActionReply> {
  const { allowedOrigins, logger } = options
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
  const { principal, currentPrincipal } = await authenticateCaller(request, options)
  const input = await readInput(request, query, action)
  return performAction(
    action,
    { headers, signal, replyHeaders, traceId, logger, input, principal, currentPrincipal },
    options,
  )
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
