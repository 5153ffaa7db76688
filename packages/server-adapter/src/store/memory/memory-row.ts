import {
  canMove,
  isTerminal,
  type StepItems,
  type TaskErrorCode,
  type TaskPriority,
  type TaskReference,
  type TaskStatus,
  type TerminalStatus,
} from '@brandkit/core'
import { FIRST_ALARM_MS } from '../alarm.js'
import { encodeJson } from '../encode-json.js'
import { toShownText, toStorableTags } from '../storable-text.js'
import { DEADLINE_EXCEEDED, invalidTime, WORKER_LOST, type Failure } from '../store-errors.js'
import type { AttemptEnd, ProviderWait } from '../attempt-writes.js'
import type { NewStoredTask, StoredTask } from '../task-store.js'
import { type TextPiece, type TextPosition, toTextCursor } from '../task-text.js'
import type { TaskChange } from '../task-watcher.js'
import { toIsoTime } from '../../iso-time.js'
import { toSteps } from '../to-steps.js'
import { type MemorySpending, usageOf } from './memory-spending.js'

/** The streamed text of a row. */
interface RowText extends TextPosition {
  pieces: TextPiece[]
  /** The length at the last checkpoint. */
  kept: number
}

/** A task in memory. Times are milliseconds; JSON is kept as text, so that callers cannot hold references into the store. */
export interface MemoryRow {
  input: Omit<NewStoredTask, 'payload' | 'runAt' | 'steps' | 'takeOver'> & {
    title: string
    priority: TaskPriority
  }
  readonly createdAt: number
  plan: readonly { key: string; title: string }[]
  stepStartedAt: Record<string, number>
  stepCompletedAt: Record<string, number>
  stepItems: Record<string, StepItems> | null
  checkpoints: Map<string, string>
  payload: string | undefined
  result: string | undefined
  partialResult: string | undefined
  text: RowText | undefined
  status: TaskStatus
  progress: number
  currentStep: string | undefined
  rings: number
  attempt: number
  epoch: number
  version: number
  updatedAt: number
  runAt: number
  deadlineAt: number
  /** Whether a limit held the task back after its delivery. */
  held: boolean
  /** The tasks that have not completed yet, while the row waits for them. Its due time is then far away. */
  waitsFor?: TaskReference[] | undefined
  /** When a waiting row was to run. */
  wantedRunAt?: number
  /** Whether others wait, or have waited, for this task. */
  awaited?: boolean
  redeliverAt: number
  startedAt: number | undefined
  attemptStartedAt: number | undefined
  leaseExpiresAt: number
  /** The epoch of the worker that made the last checkpoint. */
  checkpointEpoch: number | undefined
  /** The last end that was written: `settle` recognises a repetition by it. */
  settled: { epoch: number; as: AttemptEnd['status'] } | undefined
  completedAt: number | undefined
  lastError: string | undefined
  errorCode: TaskErrorCode | undefined
  /** Absent until the first report of usage. */
  spent: MemorySpending | undefined
  waitingFor: ProviderWait | undefined
  purgedAt: number | undefined
  cancelledBy: string | undefined
}

/** @throws TaskError `invalid_request` when `runAt` is not a date. */
export function createRow(
  { payload, runAt, steps, takeOver: _takeOver, ...input }: NewStoredTask,
  now: number,
): MemoryRow {
  const due = runAt === undefined ? now : Date.parse(runAt)
  if (Number.isNaN(due)) throw invalidTime()
  return {
    input: { ...input, title: toShownText(input.title), tags: toStorableTags(input.tags) },
    createdAt: now,
    plan: steps.map(({ key, title }) => ({ key: toShownText(key), title: toShownText(title) })),
    stepStartedAt: {},
    stepCompletedAt: {},
    stepItems: null,
    checkpoints: new Map(),
    payload: encodeJson(payload, 'invalid_payload'),
    result: undefined,
    partialResult: undefined,
    text: undefined,
    status: 'queued',
    progress: 0,
    currentStep: undefined,
    rings: 0,
    attempt: 0,
    epoch: 0,
    version: 1,
    updatedAt: now,
    runAt: due,
    deadlineAt: Math.max(now, due) + (input.deadlineMs ?? Infinity),
    held: false,
    redeliverAt: due + FIRST_ALARM_MS,
    startedAt: undefined,
    attemptStartedAt: undefined,
    leaseExpiresAt: 0,
    checkpointEpoch: undefined,
    settled: undefined,
    completedAt: undefined,
    lastError: undefined,
    errorCode: undefined,
    spent: undefined,
    waitingFor: undefined,
    purgedAt: undefined,
    cancelledBy: undefined,
  }
}

/** Marks a stored change that others may see. */
export function touch(row: MemoryRow, now: number): void {
  row.version += 1
  row.updatedAt = now
}

/**
 * Every move to another status goes through this function, also those that a test writes into the fake task server.
 *
 * @throws Error for a move that core's transition table lacks: the caller must check the row first
 */
export function move(row: MemoryRow, to: TaskStatus): void {
  if (!canMove(row.status, to)) throw new Error(`A task that is ${row.status} cannot become ${to}.`)
  row.status = to
}

/** Moves the row back to `queued`, with a new alarm and a new epoch, so that the old worker can no longer write. */
export function requeue(row: MemoryRow, runAt: number, now: number): void {
  move(row, 'queued')
  Object.assign(row, {
    runAt,
    redeliverAt: runAt + FIRST_ALARM_MS,
    rings: 0,
    held: false,
    currentStep: undefined,
  })
  row.epoch += 1
  touch(row, now)
}

/** Moves the row to a final status. */
export function finish(row: MemoryRow, status: TerminalStatus, failure: Failure | null, now: number): void {
  move(row, status)
  Object.assign(row, { completedAt: now, currentStep: undefined })
  if (failure) Object.assign(row, failure)
  touch(row, now)
}

/** Whether the running row was born claimed and its worker has written nothing since. A later claim raises the version. */
export function isUntouched({ status, version }: MemoryRow): boolean {
  return status === 'processing' && version === 1
}

/** Handles the loss of a worker: the row gets another attempt if one is left, and fails otherwise. */
export function abandon(row: MemoryRow, now: number): void {
  // The worker died between insert and start, or within the first heartbeat. That happens once in a task's life at most.
  if (isUntouched(row)) row.attempt -= 1
  if (row.attempt <= row.input.maxRetries && row.deadlineAt > now) {
    Object.assign(row, WORKER_LOST)
    return requeue(row, now, now)
  }
  row.epoch += 1
  finish(row, 'failed', row.deadlineAt > now ? WORKER_LOST : DEADLINE_EXCEEDED, now)
}

/** Removes everything of an ended task but its tombstone. */
export function purge(row: MemoryRow, now: number): void {
  Object.assign(row, { payload: undefined, result: undefined, partialResult: undefined, text: undefined })
  Object.assign(row, { plan: [], purgedAt: now })
  row.checkpoints.clear()
  touch(row, now)
}

export function toStoredTask(row: MemoryRow): StoredTask {
  const { input } = row
  const task: StoredTask = {
    taskId: input.taskId,
    tenantId: input.tenantId,
    userId: input.userId,
    createdBy: input.createdBy,
    brandId: input.brandId,
    type: input.type,
    typeVersion: input.typeVersion ?? 1,
    title: input.title,
    status: row.status,
    progress: row.progress,
    steps: toSteps(
      { plan: row.plan, startedAt: row.stepStartedAt, completedAt: row.stepCompletedAt, items: row.stepItems },
      row.status,
      row.attemptStartedAt,
    ),
    priority: input.priority,
    rings: row.rings,
    attempt: row.attempt,
    epoch: row.epoch,
    version: row.version,
    maxRetries: input.maxRetries,
    traceId: input.traceId,
    createdAt: toIsoTime(row.createdAt),
    updatedAt: toIsoTime(row.updatedAt),
    queuedAt: toIsoTime(row.createdAt),
    runAt: toIsoTime(row.runAt),
  }
  if (input.after !== undefined) task.after = [...input.after]
  if (row.awaited) task.awaited = true
  if (row.waitsFor) {
    if (row.status === 'queued') task.waitsFor = row.waitsFor.map((reference) => ({ ...reference }))
    task.runAt = toIsoTime(row.wantedRunAt ?? row.createdAt)
  }
  if (input.tags !== undefined) task.tags = [...input.tags]
  if (row.payload !== undefined) task.payload = JSON.parse(row.payload)
  if (row.result !== undefined) task.result = JSON.parse(row.result)
  if (row.partialResult !== undefined) task.partialResult = JSON.parse(row.partialResult)
  if (row.startedAt !== undefined) task.startedAt = toIsoTime(row.startedAt)
  if (row.completedAt !== undefined) task.completedAt = toIsoTime(row.completedAt)
  if (row.purgedAt !== undefined) task.purgedAt = toIsoTime(row.purgedAt)
  if (row.currentStep !== undefined) task.currentStep = row.currentStep
  if (input.traceparent !== undefined) task.traceparent = input.traceparent
  if (input.batchId !== undefined) task.batchId = input.batchId
  if (input.retryOf !== undefined) task.retryOf = input.retryOf
  if (input.keysOf !== undefined) task.keysOf = input.keysOf
  if (row.lastError !== undefined) task.lastError = row.lastError
  if (row.errorCode !== undefined) task.errorCode = row.errorCode
  if (row.spent) task.usage = usageOf(row.spent)
  if (input.tier !== undefined) task.tier = input.tier
  if (row.text !== undefined) task.textCursor = toTextCursor(row.text)
  if (row.waitingFor !== undefined && !isTerminal(row.status)) task.waitingFor = { ...row.waitingFor }
  if (row.cancelledBy !== undefined) task.cancelledBy = row.cancelledBy
  return task
}

/** The task without its payload, result and partial result. None of them is parsed. */
export function withoutContent(row: MemoryRow): StoredTask {
  return toStoredTask({ ...row, payload: undefined, result: undefined, partialResult: undefined })
}

/** The task without its payload and result, and without a partial result once it has ended. None of them is parsed. */
export function toListedTask(row: MemoryRow): StoredTask {
  const partialResult = isTerminal(row.status) ? undefined : row.partialResult
  return toStoredTask({ ...row, payload: undefined, result: undefined, partialResult })
}

export function toChange({ input, version, status, epoch }: MemoryRow): TaskChange {
  return { taskId: input.taskId, tenantId: input.tenantId, userId: input.userId, version, status, epoch }
}
