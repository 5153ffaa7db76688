import {
  type CancelTasksResponse,
  type GetBatchResponse,
  isTerminal,
  LIMITS,
  type MatchingAction,
  type TaskJson,
  type TaskLogger,
  type TaskWire,
  withHandled,
} from '@brandkit/core'
import type { Principal } from '../principal.js'
import { parsePrincipal } from '../principal.schema.js'
import { createTraceId } from '../random-ids.js'
import { cancelTask } from './actions/cancel-task.js'
import { createTask } from './actions/create-task.js'
import { deleteTask } from './actions/delete-task.js'
import { getAudit } from './actions/get-audit.js'
import { getStats } from './actions/get-stats.js'
import { getStatus } from './actions/get-status.js'
import { getText } from './actions/get-text.js'
import { getUsage } from './actions/get-usage.js'
import { listTasks } from './actions/list-tasks.js'
import { retryTask } from './actions/retry-task.js'
import type { ActionReply, PrincipalAction } from './define-action.js'
import { parseCallOptions } from './server-call.js'
import { type ActionRuntime, performAction } from './perform-action.js'
import { toBody } from './read-body.js'
import { toKnownError } from './to-problem.js'

export interface ServerCallOptions {
  signal?: AbortSignal | undefined
  /** 32 hex digits. Default: the trace id of the app's active span, otherwise a new one. */
  traceId?: string | undefined
}

export interface ServerWriteOptions extends ServerCallOptions {
  /** A second create with the same key returns the tasks of the first. Default: none. */
  idempotencyKey?: string | undefined
}

/**
 * The calls that a principal can make over HTTP, in process: the same verbs, checks, limits and JSON. Server rendering can
 * prefetch with it as with a client's `wire`.
 */
export type ServerWire = TaskWire<ServerCallOptions, ServerWriteOptions>

interface ServerWireOptions extends ActionRuntime {
  activeTraceId: () => string | null
  logger: TaskLogger
}

export function createServerWire(caller: Principal, runtime: ServerWireOptions): ServerWire {
  const { logger, activeTraceId } = runtime

  function readOptions(given: unknown, { name }: PrincipalAction) {
    const ownTraceId = activeTraceId() ?? createTraceId()
    try {
      const { signal = new AbortController().signal, traceId = ownTraceId, ...rest } = parseCallOptions(given, name)
      return { signal, traceId, ...rest }
    } catch (error) {
      throw toKnownError(error, { traceId: ownTraceId, logger })
    }
  }

  async function perform(
    action: PrincipalAction,
    input: unknown,
    given: unknown,
    headers: Record<string, string> = {},
  ): Promise<ActionReply> {
    const { signal, traceId, idempotencyKey } = readOptions(given, action)
    signal.throwIfAborted()
    try {
      const principal = parsePrincipal(caller, 'server.as')
      return await performAction(
        action,
        {
          // JSON, as over HTTP: without dates, `undefined` or objects that the caller still holds.
          input: toQuery(toBody(input, action), action),
          principal,
          currentPrincipal: async () => principal,
          headers: new Headers({
            ...headers,
            ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          }),
          signal: () => signal,
          replyHeaders: {},
          traceId,
          logger,
        },
        runtime,
      )
    } catch (error) {
      throw toKnownError(error, { traceId, logger })
    }
  }

  /** Performs an action and returns its body. The request decides which of the action's responses it is. */
  async function ask<Body>(...call: Parameters<typeof perform>): Promise<Body> {
    return (await perform(...call)).body as Body
  }

  return withHandled<ServerWire>({
    create: async (input, options) => (await ask<{ task: TaskJson }>(createTask, input, options)).task,
    createMany: async (inputs, options) => ask(createTask, { tasks: inputs }, options),
    getStatus: async (taskId, options) => (await ask<{ task: TaskJson }>(getStatus, { taskId }, options)).task,
    async getStatuses(taskIds, options) {
      if (Array.isArray(taskIds) && taskIds.length === 0) return { tasks: [], missing: [] }
      return ask(getStatus, { taskIds }, options)
    },
    getBatch: async (batchId, options) => (await ask<GetBatchResponse>(getStatus, { batchId }, options)).batch,
    getText: async (query, options) => ask(getText, query, options),
    cancel: async (taskId, options) => (await ask<{ task: TaskJson }>(cancelTask, { taskId }, options)).task,
    cancelMany: async (taskIds, options) => (await ask<CancelTasksResponse>(cancelTask, { taskIds }, options)).outcomes,
    cancelBatch: async (batchId, options) =>
      (await ask<CancelTasksResponse>(cancelTask, { batchId }, options)).outcomes,
    retry: async (taskId, options) =>
      (await ask<{ task: TaskJson }>(retryTask, { taskId, from: options?.from }, options)).task,
    async delete(taskId, options) {
      await perform(deleteTask, { taskId }, options)
    },
    async actOnMatching({ action, ...request }, options) {
      return ask(MATCHING[action], request, options)
    },
    list: async (filter = {}, options) => ask(listTasks, filter, options),
    getUsage: async (query = {}, options) => ask(getUsage, query, options),
    stats: async (options) => ask(getStats, { throughput: options?.throughput }, options),
    audit: async (filter = {}, options) => ask(getAudit, filter, options),

    async waitFor(taskId, options) {
      let known = {}
      for (;;) {
        const { body, headers } = await perform(getStatus, { taskId, wait: LIMITS.waitSeconds }, options, known)
        // The body is null when nothing is new. The next call throws if the task is gone or the signal has aborted.
        const task = body && (body as { task: TaskJson }).task
        if (task && isTerminal(task.status)) return task
        known = { 'if-none-match': headers?.['etag'] ?? '' }
      }
    },
  })
}

const MATCHING: Readonly<Record<MatchingAction, PrincipalAction>> = {
  cancel: cancelTask,
  retry: retryTask,
  delete: deleteTask,
}

/** Joins lists with commas, as in a query. Other values stay unchanged, and the schema refuses them. */
function toQuery(body: Record<string, unknown>, action: PrincipalAction): Record<string, unknown> {
  if (action === getStatus) return { ...body, ...joined(body, 'taskIds') }
  if (action === listTasks) return { ...body, ...joined(body, 'status'), ...joined(body, 'tags') }
  return body
}

function joined(body: Record<string, unknown>, key: string): Record<string, unknown> {
  const list = body[key]
  if (!Array.isArray(list) || list.some((entry) => typeof entry !== 'string')) return {}
  return { [key]: list.join(',') }
}
