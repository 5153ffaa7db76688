import { isTerminal, type TaskUsage, type TaskDefinition, type TaskJson } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import { DEFAULT_TIMEOUT_MS } from '../../runtime/timings.js'
import { type MemoryRow, move, toStoredTask } from '../../store/memory/memory-row.js'
import { createSpending, type MemorySpending, spend } from '../../store/memory/memory-spending.js'
import { toMicros } from '../../runtime/to-usage-json.js'
import { toExampleOf } from './to-example-of.js'

interface SeedOptions {
  /** Milliseconds since the epoch. */
  now: number
  taskId: string
  definition: TaskDefinition | undefined
}

/** Adds all missing fields to those that a test cares about. `checkTask` says whether the result is a task. */
export function toSeed(fields: Partial<TaskJson>, { now, taskId, definition }: SeedOptions): object {
  const at = new Date(now).toISOString()
  const steps = Object.entries(definition?.steps ?? {})
  return {
    taskId,
    userId: 'ada',
    createdBy: fields.userId ?? 'ada',
    brandId: 'aurora',
    type: 'GENERATE_MEDIA_PLAN',
    status: 'queued',
    progress: 0,
    ...(definition && { payload: toExampleOf(definition.payload) }),
    steps: steps.map(([key, { title }]) => ({ key, title, status: 'pending' })),
    priority: 'normal',
    queuedAt: fields.createdAt ?? at,
    createdAt: fields.queuedAt ?? at,
    updatedAt: at,
    runAt: at,
    retryCount: 0,
    maxRetries: 3,
    version: 1,
    title: `Task ${Number.parseInt(taskId.slice(-12), 16)}`,
    traceId: taskId.replaceAll('-', ''),
    ...fields,
  }
}

export function toJson(row: MemoryRow): TaskJson {
  return toTaskJson(toStoredTask(row))
}

/** The row of a task that only a test moves: no worker gets the task, and maintenance leaves it alone. */
export function toRow(json: TaskJson, { tenantId }: { tenantId: string }): MemoryRow {
  const { taskId, userId, createdBy, brandId, type, title, tags, priority, maxRetries, traceId, batchId, retryOf } =
    json
  const kept = { taskId, tenantId, userId, createdBy, brandId, type, title, tags, priority, maxRetries, traceId }
  return {
    input: { ...kept, batchId, retryOf, timeoutMs: DEFAULT_TIMEOUT_MS, timeToLiveMs: Infinity },
    createdAt: Date.parse(json.createdAt),
    checkpoints: new Map(),
    text: undefined,
    rings: 0,
    epoch: 1,
    deadlineAt: Infinity,
    held: false,
    redeliverAt: Infinity,
    leaseExpiresAt: Infinity,
    checkpointEpoch: undefined,
    settled: undefined,
    purgedAt: undefined,
    ...toState(json),
  }
}

type State = Pick<
  MemoryRow,
  | 'plan'
  | 'stepStartedAt'
  | 'stepCompletedAt'
  | 'stepItems'
  | 'payload'
  | 'result'
  | 'partialResult'
  | 'status'
  | 'progress'
  | 'currentStep'
  | 'attempt'
  | 'version'
  | 'updatedAt'
  | 'runAt'
  | 'startedAt'
  | 'attemptStartedAt'
  | 'completedAt'
  | 'lastError'
  | 'errorCode'
  | 'spent'
  | 'waitingFor'
  | 'waitsFor'
  | 'wantedRunAt'
  | 'cancelledBy'
>

/** A task with the fields of a test, as a newer version. `checkTask` says whether the result is a task. */
export function toChanged(row: MemoryRow, fields: Partial<TaskJson>, now: number): object {
  const { createdAt, queuedAt, ...others } = toJson(row)
  return {
    ...others,
    createdAt: fields.queuedAt ?? createdAt,
    queuedAt: fields.createdAt ?? queuedAt,
    updatedAt: new Date(now).toISOString(),
    version: row.version + 1,
    ...fields,
  }
}

/** Writes a checked task into its row. A running attempt loses the task when the status moves. */
export function changeRow(row: MemoryRow, json: TaskJson): void {
  const { input, createdAt } = toRow(json, { tenantId: row.input.tenantId })
  if (json.status !== row.status) {
    move(row, json.status)
    row.epoch += 1
  }
  const { timeoutMs, timeToLiveMs } = row.input
  Object.assign(row.input, { ...input, timeoutMs, timeToLiveMs })
  Object.assign(row, { ...toState(json), createdAt })
}

/** The part of a row that changes during a task's life. Adds the times that the status needs. */
function toState(json: TaskJson): State {
  const { status, steps = [], retryCount } = json
  const updatedAt = Date.parse(json.updatedAt)
  const startedAt = timeOf(json.startedAt) ?? (status === 'processing' ? updatedAt : undefined)
  const completedAt = timeOf(json.completedAt) ?? (isTerminal(status) ? updatedAt : undefined)
  const begun = steps.filter((step) => step.status !== 'pending')
  return {
    plan: steps.map(({ key, title }) => ({ key, title })),
    stepStartedAt: Object.fromEntries(
      begun.map((step) => [step.key, timeOf(step.startedAt) ?? startedAt ?? updatedAt]),
    ),
    stepCompletedAt: Object.fromEntries(
      begun
        .filter((step) => step.status === 'completed')
        .map((step) => [step.key, timeOf(step.completedAt) ?? completedAt ?? updatedAt]),
    ),
    stepItems: Object.fromEntries(steps.flatMap(({ key, items }) => (items ? [[key, items]] : []))),
    payload: textOf(json.payload),
    result: textOf(json.result),
    partialResult: textOf(json.partialResult),
    status,
    progress: json.progress,
    currentStep: json.currentStep,
    attempt: status === 'queued' && retryCount === 0 ? 0 : retryCount + 1,
    version: json.version,
    updatedAt,
    runAt: Date.parse(json.runAt),
    startedAt,
    // Earlier than all steps, so that the begun steps belong to this attempt.
    attemptStartedAt: 0,
    completedAt,
    lastError: json.lastError,
    errorCode: json.errorCode,
    spent: json.usage && toSpending(json.usage),
    waitingFor: json.waitingFor,
    waitsFor: json.waitsFor,
    wantedRunAt: Date.parse(json.runAt),
    cancelledBy: json.cancelledBy,
  }
}

function toSpending(usage: readonly TaskUsage[]): MemorySpending {
  const spending = createSpending()
  const used = usage.map(({ model = '', cost = 0, currency = '', inputTokens, outputTokens }) => ({
    model,
    currency,
    inputTokens,
    outputTokens,
    costMicros: toMicros(cost),
  }))
  spend(spending, { attempt: 1, sequence: 0, used }, 1)
  return spending
}

function timeOf(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso)
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}
