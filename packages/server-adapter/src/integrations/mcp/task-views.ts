import {
  isTerminal,
  type GetStatusResponse,
  type TaskJson,
  type TaskStatus,
  type TaskSummaryJson,
  TaskError,
  toProblemDetails,
} from '@brandkit/core'

/** The states of MCP tasks for ours. No generator asks its user anything, so no task is ever `input_required`. */
const MCP_STATUSES = {
  queued: 'working',
  processing: 'working',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<TaskStatus, string>

type AnyTask = TaskJson | TaskSummaryJson

interface ViewOptions {
  /** How long an ended task keeps its result, in milliseconds. */
  retentionMs: number
  /** The recommended pause before the next question, in milliseconds. Absent when unknown, and for ended tasks. */
  pollAfterMs?: number | undefined
}

/**
 * A task of the revision 2025-11-25.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/tasks
 */
export function toMcpTask(task: AnyTask, options: ViewOptions) {
  const { ttl, pollInterval, ...facts } = toFacts(task, options)
  return { ...facts, ttl, ...(pollInterval !== undefined && { pollInterval }) }
}

/**
 * A task of the extension for the revision 2026-07-28.
 *
 * @see https://modelcontextprotocol.github.io/ext-tasks/specification/2026-07-28/tasks.html
 */
export function toExtensionTask(task: AnyTask, options: ViewOptions) {
  const { ttl, pollInterval, ...facts } = toFacts(task, options)
  return { ...facts, ttlMs: ttl, ...(pollInterval !== undefined && { pollIntervalMs: pollInterval }) }
}

/** The same with what the task has come to: the result, or the error. */
export function toDetailedTask({ task, pollAfterMs }: GetStatusResponse, options: ViewOptions) {
  const view = toExtensionTask(task, { ...options, pollAfterMs })
  if (task.status === 'completed') return { ...view, result: { resultType: 'complete', ...toCallResult(task) } }
  if (task.status !== 'failed') return view
  const error = new TaskError(task.errorCode, task.lastError)
  return { ...view, error: { code: -32_603, message: error.message, data: toProblemDetails(error, task.traceId) } }
}

function toFacts(task: AnyTask, { retentionMs, pollAfterMs }: ViewOptions) {
  const statusMessage = describeState(task)
  return {
    taskId: task.taskId,
    status: MCP_STATUSES[task.status],
    ...(statusMessage !== undefined && { statusMessage }),
    createdAt: task.createdAt,
    lastUpdatedAt: task.updatedAt,
    // An active task is never removed. An ended one is, a fixed time after its end.
    ttl:
      task.completedAt === undefined ? null : Date.parse(task.completedAt) - Date.parse(task.createdAt) + retentionMs,
    pollInterval: isTerminal(task.status) ? undefined : pollAfterMs,
  }
}

/** One sentence for people and models. Absent for a completed task. */
export function describeState(task: AnyTask): string | undefined {
  if (task.status === 'failed') return task.lastError
  if (task.status === 'cancelled') return 'The task was cancelled.'
  if (task.status === 'completed') return undefined
  if (task.waitsFor !== undefined) return `Waits for ${task.waitsFor.map(({ title }) => title).join(', ')}.`
  if (task.status === 'queued') return task.lastError === undefined ? 'Waits to start.' : 'Will be tried again.'
  const step = task.steps?.find(({ key }) => key === task.currentStep)
  return `${task.progress} %${step ? `: ${step.title}` : ''}`
}

/** What a tool gives for a task: the facts, and the result or the error. */
function toOutput(task: TaskJson) {
  const message = describeState(task)
  return {
    taskId: task.taskId,
    type: task.type,
    title: task.title,
    status: MCP_STATUSES[task.status],
    progress: task.progress,
    ...(message !== undefined && { message }),
    ...(task.status === 'completed' && { result: task.result }),
    ...(task.status === 'failed' && { errorCode: task.errorCode }),
  }
}

/**
 * The result of the tool call that the task stands for.
 *
 * @param advice what a model should know about an active task
 */
export function toCallResult(task: TaskJson, advice?: string) {
  const output = toOutput(task)
  const text = output.message ?? JSON.stringify(output)
  return {
    content: [{ type: 'text', text: advice === undefined ? text : `${text} ${advice}` }],
    structuredContent: output,
    ...(isTerminal(task.status) && task.status !== 'completed' && { isError: true }),
    _meta: relatedTo(task.taskId),
  }
}

/** Every message about a task names it. */
function relatedTo(taskId: string) {
  return { 'io.modelcontextprotocol/related-task': { taskId } }
}
