import { type GetStatusResponse, isTaskError, isTerminal, TaskError, type TaskJson, toPrintable } from '@brandkit/core'
import { lazily } from '@brandkit/core/schemas'
import * as z from 'zod'
import { type Exchange, readParams } from './exchange.js'
import { followTask } from './follow-task.js'
import { INVALID_PARAMS, METHOD_NOT_FOUND, ProtocolFault, toRefusal } from './protocol-fault.js'
import { describeState, toCallResult, toExtensionTask, toMcpTask } from './task-views.js'
import { CANCEL_TASK, GET_TASK } from './tools.js'

const schemas = lazily(() => ({
  call: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) }),
  helper: z.strictObject({ taskId: z.string() }),
}))

/** `tools/call` makes a task, and gives it to a client that takes tasks. For other clients it waits for the result. */
export async function callTool(params: unknown, exchange: Exchange): Promise<object> {
  const { name, arguments: input } = readParams(schemas.call, params, 'tools/call')
  if (exchange.tools.isType(name)) return callType(name, input, exchange)
  if (name !== GET_TASK && name !== CANCEL_TASK) {
    throw new ProtocolFault(INVALID_PARAMS, `There is no tool "${toPrintable(name)}". \`tools/list\` names them.`)
  }
  if (exchange.tasks === '2025-11-25') {
    throw new ProtocolFault(METHOD_NOT_FOUND, `The tool ${name} cannot be called as a task. Call it without \`task\`.`)
  }
  return orRefusal(exchange, () => callHelper(name, input, exchange))
}

async function callType(type: string, input: Record<string, unknown>, exchange: Exchange): Promise<object> {
  const { tasks, retentionMs } = exchange
  // Such a call must be answered with a task or an error.
  if (tasks === '2025-11-25') {
    const { task, pollAfterMs } = await create(type, input, exchange)
    return {
      task: toMcpTask(task, { retentionMs, pollAfterMs }),
      _meta: { 'io.modelcontextprotocol/model-immediate-response': `The background task "${task.title}" has begun.` },
    }
  }
  return orRefusal(exchange, async () => {
    const { task, pollAfterMs } = await create(type, input, exchange)
    if (tasks === 'extension') return { resultType: 'task', ...toExtensionTask(task, { retentionMs, pollAfterMs }) }
    const last = await wait(task.taskId, exchange).catch((error: unknown) => {
      // The task exists, whatever has ended the wait.
      if (isTaskError(error)) return { task }
      throw error
    })
    return toAnswer(last.task)
  })
}

async function create(
  type: string,
  { brandId, payload, ...rest }: Record<string, unknown>,
  { caller, createHeaders }: Exchange,
): Promise<{ task: TaskJson; pollAfterMs: number }> {
  const stray = Object.keys(rest)[0]
  if (stray !== undefined) {
    throw new TaskError(
      'invalid_request',
      `The tool ${type} takes \`brandId\` and \`payload\`, and no \`${toPrintable(stray)}\`. Put what the task needs into \`payload\`.`,
    )
  }
  const { brandIds } = caller.principal
  const onlyBrand = brandIds !== '*' && brandIds.length === 1 ? brandIds[0] : undefined
  const { body, headers } = await caller.act(
    'create',
    { type, brandId: brandId ?? onlyBrand, payload },
    { headers: createHeaders },
  )
  const { task } = body as { task: TaskJson }
  // The answer of a finished replay says zero.
  return { task, pollAfterMs: Number(headers?.['retry-after'] ?? 0) * 1_000 || 1_000 }
}

async function callHelper(name: string, input: unknown, exchange: Exchange): Promise<object> {
  const { caller } = exchange
  const { taskId } = readParams(schemas.helper, input, name)
  if (name === GET_TASK) return toAnswer((await wait(taskId, exchange)).task)
  const { body } = await caller.act('cancel', { taskId })
  // The cancel was asked for, so the state is no failure.
  const { isError: _asked, ...result } = toCallResult((body as { task: TaskJson }).task)
  return result
}

function wait(taskId: string, { caller, waitMs, progressToken, notify }: Exchange): Promise<GetStatusResponse> {
  let told = -1
  return followTask(caller, taskId, {
    signal: AbortSignal.any([caller.signal, AbortSignal.timeout(waitMs)]),
    async onNews({ task }) {
      // Progress must grow with each notification.
      if (progressToken === undefined || task.progress <= told) return
      told = task.progress
      const message = describeState(task)
      await notify({
        method: 'notifications/progress',
        params: { progressToken, progress: told, total: 100, ...(message !== undefined && { message }) },
      })
    },
  })
}

function toAnswer(task: TaskJson): object {
  if (isTerminal(task.status)) return toCallResult(task)
  return toCallResult(
    task,
    `The task goes on without this call. To get its result, call ${GET_TASK} with {"taskId":"${task.taskId}"}.`,
  )
}

/** Converts refusals of the server to results that a model can read. */
async function orRefusal({ caller }: Exchange, work: () => Promise<object>): Promise<object> {
  try {
    return await work()
  } catch (error) {
    if (isTaskError(error)) return toRefusal(error, caller.traceId)
    throw error
  }
}
