import { parseJsonObject, type TaskCatalog, TaskError, type TaskLogger } from '@brandkit/core'
import type { KnownPrincipal, Principal } from '../principal.js'
import { cancelTask } from './actions/cancel-task.js'
import { createTask } from './actions/create-task.js'
import { getStatus } from './actions/get-status.js'
import { listTasks } from './actions/list-tasks.js'
import { authenticateCaller, type AuthenticationOptions, signedIn } from './authenticate-caller.js'
import { checkOrigin } from './check-origin.js'
import type { ActionReply } from './define-action.js'
import { EVENT_STREAM_HEADERS } from './event-stream.js'
import type { AnswerHeaders, HttpAnswer, HttpRequest } from './http-exchange.js'
import { type ActionRuntime, performAction } from './perform-action.js'
import { assertJson, readBody } from './read-body.js'
import { toKnownError } from './to-problem.js'

/** What a mount of another protocol, such as MCP, needs of a task server. */
export interface Mounting {
  catalog: TaskCatalog
  /** The task types that have a generator. */
  types: readonly string[]
  /** How long an ended task keeps its result, in milliseconds. */
  retentionMs: number
  /**
   * Answers a POST as `/api/jobs` does: checks the origin, authenticates the caller and reads the JSON body. `serve` does the rest.
   * Every failure, also one of `serve`, is answered with a problem document. Never rejects.
   */
  answer(request: Request, serve: (caller: MountCaller) => Promise<Response>): Promise<Response>
}

/** A signed-in caller of a mount. */
export interface MountCaller {
  principal: Principal
  /** The JSON body, at most as large as that of `action=create`. */
  body: Record<string, unknown>
  /** The trace id of the request: 32 hex digits. */
  traceId: string
  /** Aborts when the caller leaves. */
  signal: AbortSignal
  logger: TaskLogger
  /** Performs an action as over HTTP, with the same checks, limits and messages. @throws TaskError */
  act(action: MountAction, input: object, options?: MountActOptions): Promise<ActionReply>
  /** Authenticates the request again, for an answer that takes long. @throws TaskError `unauthenticated` */
  renew(): Promise<void>
}

interface MountActOptions {
  /** Headers of the action, names in lower case: `idempotency-key`, `if-none-match`. Default: none. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Ends a wait. Default: the request's, which aborts when the caller leaves. */
  signal?: AbortSignal | undefined
}

const ACTIONS = { create: createTask, status: getStatus, list: listTasks, cancel: cancelTask }
type MountAction = keyof typeof ACTIONS

interface MountingOptions extends ActionRuntime, AuthenticationOptions {
  allowedOrigins: readonly string[]
  logger: TaskLogger
}

interface Entry {
  traceId: string
  replyHeaders: AnswerHeaders
}

/** Admits the caller of a request and lets the mount answer. @throws TaskError */
export async function serveMount(
  request: HttpRequest,
  { traceId, replyHeaders }: Entry,
  serve: (caller: MountCaller) => Promise<Response>,
  options: MountingOptions,
): Promise<HttpAnswer> {
  const { logger } = options
  if (request.method !== 'POST') {
    replyHeaders['allow'] = 'POST'
    throw new TaskError('method_not_allowed', `This address takes POST, not ${request.method}.`)
  }
  checkOrigin(request, options.allowedOrigins)
  const { principal: first, currentPrincipal } = await authenticateCaller(request, options)
  assertJson(request)
  const body = parseJsonObject(await readBody(request, createTask.maxBytes))
  let principal: KnownPrincipal = first

  const caller: MountCaller = {
    principal,
    body,
    traceId,
    signal: request.signal,
    logger,
    async act(action, input, { headers = {}, signal = request.signal } = {}) {
      try {
        return await performAction(
          ACTIONS[action],
          {
            input,
            principal,
            currentPrincipal,
            headers: new Headers(headers),
            signal: () => signal,
            replyHeaders: {},
            traceId,
            logger,
          },
          options,
        )
      } catch (error) {
        throw toKnownError(error, { traceId, logger })
      }
    },
    async renew() {
      principal = signedIn(await currentPrincipal())
    },
  }
  const { status, headers, body: answer } = await serve(caller)
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true
  // Only the framework knows the connection that it belongs to; HTTP/2 refuses it.
  headers.delete('connection')
  return {
    status,
    headers: { ...Object.fromEntries(headers), ...replyHeaders, ...(isStream && EVENT_STREAM_HEADERS) },
    body: answer,
  }
}
