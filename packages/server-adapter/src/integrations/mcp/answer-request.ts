import { type GetStatusResponse, isTaskError, type ListTasksResponse, TaskError, type TaskJson } from '@brandkit/core'
import { lazily } from '@brandkit/core/schemas'
import * as z from 'zod'
import { toKnownError } from '../../http/to-problem.js'
import { callTool } from './call-tool.js'
import { type Exchange, readParams } from './exchange.js'
import { followTask } from './follow-task.js'
import { INVALID_PARAMS, METHOD_NOT_FOUND, ProtocolFault, toProtocolFault } from './protocol-fault.js'
import { toCallResult, toDetailedTask, toMcpTask } from './task-views.js'

/** The revision of a request: `modern` is 2026-07-28 or newer. */
export type Era = 'legacy' | 'modern'

type Method = (params: unknown, exchange: Exchange) => Promise<object>

const schemas = lazily(() => ({
  task: z.object({ taskId: z.string() }),
  page: z.object({ cursor: z.string().optional() }),
}))

const shared: Readonly<Record<string, Method>> = {
  async 'tools/list'(params, { caller, tools }) {
    const { cursor } = readParams(schemas.page, params, 'tools/list')
    if (cursor !== undefined)
      throw new ProtocolFault(INVALID_PARAMS, 'There is no such page: all tools are on the first.')
    return { tools: tools.list(caller.principal) }
  },
  'tools/call': callTool,
}

/** @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/tasks */
const legacy: Readonly<Record<string, Method>> = {
  ...shared,
  async 'tasks/get'(params, exchange) {
    const { task, pollAfterMs } = await readTask(params, 'tasks/get', exchange)
    return toMcpTask(task, { ...exchange, pollAfterMs })
  },
  async 'tasks/result'(params, { caller }) {
    const { taskId } = readParams(schemas.task, params, 'tasks/result')
    const { task } = await followTask(caller, taskId, { signal: caller.signal })
    return toCallResult(task)
  },
  async 'tasks/list'(params, exchange) {
    const { cursor } = readParams(schemas.page, params, 'tasks/list')
    const { body } = await exchange.caller.act('list', cursor === undefined ? {} : { cursor })
    const { tasks, nextCursor } = body as ListTasksResponse
    return { tasks: tasks.map((task) => toMcpTask(task, exchange)), ...(nextCursor !== null && { nextCursor }) }
  },
  async 'tasks/cancel'(params, exchange) {
    const { task } = await readTask(params, 'tasks/cancel', exchange)
    // Our own protocol lets a cancel be repeated; MCP refuses it for every ended task.
    if (task.status === 'cancelled') {
      throw new TaskError('task_is_over', 'This task is cancelled already; it cannot be cancelled.')
    }
    return toMcpTask(await cancel(task.taskId, exchange), exchange)
  },
}

/** @see https://modelcontextprotocol.github.io/ext-tasks/specification/2026-07-28/tasks.html */
const modern: Readonly<Record<string, Method>> = {
  ...shared,
  async 'tasks/get'(params, exchange) {
    return toDetailedTask(await readTask(params, 'tasks/get', exchange), exchange)
  },
  async 'tasks/cancel'(params, exchange) {
    const { task } = await readTask(params, 'tasks/cancel', exchange)
    await cancel(task.taskId, exchange)
    return {}
  },
  /** No task asks for anything, so there is nothing to take in: such answers are to be ignored. */
  async 'tasks/update'(params, exchange) {
    await readTask(params, 'tasks/update', exchange)
    return {}
  },
}

/** @throws ProtocolFault for every failure */
export async function answerRequest(
  era: Era,
  { method, params }: { method: string; params?: unknown },
  exchange: Exchange,
): Promise<object> {
  const { traceId, logger } = exchange.caller
  const methods = era === 'modern' ? modern : legacy
  const answer = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (!answer) throw new ProtocolFault(METHOD_NOT_FOUND, 'Method not found')
  try {
    return await answer(params, exchange)
  } catch (error) {
    if (error instanceof ProtocolFault) throw error
    throw toProtocolFault(isTaskError(error) ? error : toKnownError(error, { traceId, logger }), traceId)
  }
}

async function readTask(params: unknown, method: string, { caller }: Exchange): Promise<GetStatusResponse> {
  const { taskId } = readParams(schemas.task, params, method)
  return (await caller.act('status', { taskId })).body as GetStatusResponse
}

async function cancel(taskId: string, { caller }: Exchange): Promise<TaskJson> {
  return ((await caller.act('cancel', { taskId })).body as { task: TaskJson }).task
}
