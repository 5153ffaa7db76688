import { assertOptions, isJsonObject, LIST, OBJECT, type OptionRules, SOME_TIME, TEXT } from '@brandkit/core'
import type * as Sdk from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { MountCaller, Mounting } from '../../http/mounting.js'
import { importPeer } from '../../import-peer.js'
import type { FetchServer } from '../fetch-server.js'
import { answerRequest, type Era } from './answer-request.js'
import type { Exchange } from './exchange.js'
import { createTools, type Tools } from './tools.js'

export { type FetchServer } from '../fetch-server.js'

/** The part of a `TaskServer` that the mount needs. */
export interface MountableServer {
  readonly mounting: Mounting
}

export interface McpOptions {
  /** The name that clients show. Default `brandkit`. */
  name?: string | undefined
  /** The version of the app, for clients. Default `0.0.0`. */
  version?: string | undefined
  /** What a model should know of the whole server. Default: nothing. */
  instructions?: string | undefined
  /** The task types that become tools. Default: all that have a generator. */
  types?: readonly string[] | undefined
  /** What a model reads of a type: what the task does, and when to use it. Default: the type and its steps in words. */
  descriptions?: Readonly<Record<string, string>> | undefined
  /**
   * How long a call waits for its result when the client knows no tasks, in milliseconds. The answer then says how to get the
   * result later. Default 50,000, because most clients give up after a minute.
   */
  waitMs?: number | undefined
}

const RULES: OptionRules<McpOptions> = {
  name: TEXT,
  version: TEXT,
  instructions: TEXT,
  types: LIST,
  descriptions: OBJECT,
  waitMs: SOME_TIME,
}

/**
 * Offers the catalog of a task server as MCP tools, over Streamable HTTP without sessions (peer
 * `@modelcontextprotocol/server`). Mount it as you mount the server itself: `app.all('/mcp', toHono(toMcp(server)))`.
 *
 * Callers are authenticated by the server's own `authenticate`, and have the limits and the reach that they have on
 * `/api/jobs`. Clients of the revisions 2025-11-25 and 2026-07-28 get tasks; all others wait for the result, and hear of
 * progress.
 *
 * @throws TypeError for a task type that cannot be the name of a tool
 */
export function toMcp({ mounting }: MountableServer, options: McpOptions = {}): FetchServer {
  assertOptions('toMcp', options, RULES, { isClosed: true })
  const { types = mounting.types, descriptions = {} } = options
  const tools = createTools({ catalog: mounting.catalog, served: mounting.types, types, descriptions })
  let handler: Promise<Sdk.McpHttpHandler> | undefined

  return {
    handler: (request) =>
      mounting.answer(request, async (caller) => {
        handler ??= openHandler({ ...options, tools, retentionMs: mounting.retentionMs })
        const { fetch } = await handler
        return fetch(request, { parsedBody: caller.body, authInfo: carry(caller) })
      }),
  }
}

interface HandlerOptions extends McpOptions, Pick<Exchange, 'retentionMs'> {
  tools: Tools
}

async function openHandler(options: HandlerOptions): Promise<Sdk.McpHttpHandler> {
  const sdk = await importPeer('@modelcontextprotocol/server', {
    neededBy: 'toMcp',
    load: () => import('@modelcontextprotocol/server'),
  })
  return sdk.createMcpHandler(({ era, authInfo, requestInfo }) =>
    createServer(sdk, { ...options, era, caller: callerIn(authInfo), headers: requestInfo?.headers ?? new Headers() }),
  )
}

interface ServerOptions extends HandlerOptions {
  era: Era
  caller: MountCaller
  headers: Headers
}

/** Makes the server of one request. */
function createServer(
  sdk: typeof Sdk,
  { name = 'brandkit', version = '0.0.0', instructions, era, ...options }: ServerOptions,
): Sdk.Server {
  const server = new sdk.Server(
    { name, version },
    {
      capabilities: {
        tools: {},
        ...(era === 'legacy' && { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } }),
        ...(era === 'modern' && { extensions: { [TASKS_EXTENSION]: {} } }),
      },
      ...(instructions !== undefined && { instructions }),
    },
  )
  const answer = (request: { method: string; params?: unknown }, context: Sdk.ServerContext) =>
    answerRequest(era, request, toExchange(request, context, options)) as Promise<Sdk.Result>
  // Not `setRequestHandler`: that one refuses a task as the result of `tools/call`.
  server.fallbackRequestHandler = answer
  // The SDK passes on these names, which the extension took from an older revision, only with a schema.
  if (era === 'modern') {
    for (const method of ['tasks/get', 'tasks/cancel']) {
      server.setRequestHandler(method, { params: z.unknown() }, (params, context) =>
        answer({ method, params }, context),
      )
    }
  }
  return server
}

const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks'

function toExchange(
  { params }: { params?: unknown },
  { mcpReq }: Sdk.ServerContext,
  { tools, caller, headers, retentionMs, waitMs = 50_000 }: Omit<ServerOptions, 'era'>,
): Exchange {
  return {
    caller,
    tools,
    retentionMs,
    waitMs,
    createHeaders: Object.fromEntries(
      ['idempotency-key', 'traceparent'].flatMap((name) => {
        const value = headers.get(name)
        return value === null ? [] : [[name, value]]
      }),
    ),
    tasks: takenTasks(params, mcpReq.envelope),
    // oxlint-disable-next-line no-underscore-dangle -- the protocol's name
    progressToken: mcpReq._meta?.progressToken,
    notify: (notification) => mcpReq.notify(notification),
  }
}

/** A client of 2025-11-25 asks for a task with each call. A newer one declares with each call that it takes tasks. */
function takenTasks(params: unknown, envelope: unknown): Exchange['tasks'] {
  if (envelope === undefined) return isJsonObject(params) && isJsonObject(params['task']) ? '2025-11-25' : 'none'
  const capabilities = at(envelope, 'io.modelcontextprotocol/clientCapabilities')
  return at(at(capabilities, 'extensions'), TASKS_EXTENSION) === undefined ? 'none' : 'extension'
}

function at(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined
}

/** The SDK brings only its own `AuthInfo` from the request to its server. */
function carry(caller: MountCaller): Sdk.AuthInfo {
  return { token: '', clientId: caller.principal.userId, scopes: [], extra: { caller } }
}

function callerIn(authInfo: Sdk.AuthInfo | undefined): MountCaller {
  return authInfo?.extra?.['caller'] as MountCaller
}
