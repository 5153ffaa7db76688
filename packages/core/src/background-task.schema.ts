import * as z from 'zod'
import { lazily } from './lazily.js'
import { TASK_ERRORS, type TaskErrorCode } from './task-error-codes.js'
import { TASK_PRIORITIES } from './task-priority.js'
import { TASK_STATUSES } from './task-status.js'
import { TASK_STEP_STATUSES } from './background-task.js'
import { usageSchemas } from './usage.schema.js'

/** The schemas of tasks on the wire. Their members are the schemas themselves, for code that compares identities. */
export const taskSchemas = lazily(() => {
  const date = z.iso.datetime()

  const step = z.object({
    key: z.string(),
    title: z.string(),
    status: z.enum(TASK_STEP_STATUSES),
    startedAt: date.exactOptional(),
    completedAt: date.exactOptional(),
    items: z.object({ done: z.int().min(0), total: z.int().min(0).exactOptional() }).exactOptional(),
  })

  const errorCode = z.enum(Object.keys(TASK_ERRORS) as [TaskErrorCode, ...TaskErrorCode[]])

  /** A task on the wire. A reply with several tasks leaves out `payload`, and a summary all content. */
  const task = z.object({
    taskId: z.string(),
    userId: z.string(),
    brandId: z.string(),
    type: z.string(),
    payload: z.unknown().exactOptional(),
    status: z.enum(TASK_STATUSES),
    progress: z.number().min(0).max(100),
    currentStep: z.string().exactOptional(),
    steps: z.array(step).exactOptional(),
    priority: z.enum(TASK_PRIORITIES),
    queuedAt: date,
    startedAt: date.exactOptional(),
    completedAt: date.exactOptional(),
    estimatedCompletion: date.exactOptional(),
    actualDuration: z.number().min(0).exactOptional(),
    lastError: z.string().exactOptional(),
    errorCode: errorCode.exactOptional(),
    retryCount: z.int().min(0),
    maxRetries: z.int().min(0),
    result: z.unknown().exactOptional(),
    createdBy: z.string(),
    createdAt: date,
    updatedAt: date,
    version: z.int().min(1),
    runAt: date,
    title: z.string(),
    tags: z.array(z.string()).exactOptional(),
    cancelledBy: z.string().exactOptional(),
    batchId: z.string().exactOptional(),
    waitsFor: z.array(z.object({ taskId: z.string(), title: z.string() })).exactOptional(),
    retryOf: z.string().exactOptional(),
    partialResult: z.unknown().exactOptional(),
    usage: z.array(usageSchemas.ofModel).exactOptional(),
    textCursor: z.string().exactOptional(),
    waitingFor: z.object({ provider: z.string(), until: date }).exactOptional(),
    traceId: z.string(),
    isSummary: z.literal(true).exactOptional(),
  })

  /** A row of a list. */
  const summary = task.omit({ payload: true, result: true, partialResult: true }).extend({ isSummary: z.literal(true) })

  /** A summary of the tasks that were created together. */
  const batch = z.object({
    batchId: z.string(),
    total: z.int().min(1),
    counts: z.record(z.enum(TASK_STATUSES), z.int().min(0)),
    progress: z.number().min(0).max(100),
    status: z.enum(TASK_STATUSES),
  })

  return { step, errorCode, task, summary, batch }
})

// The public names. Each is a stand-in of its schema.
export const taskStepSchema = lazily(() => taskSchemas.step)
export const taskErrorCodeSchema = lazily(() => taskSchemas.errorCode)
export const taskJsonSchema = lazily(() => taskSchemas.task)
export const taskSummarySchema = lazily(() => taskSchemas.summary)
export const taskBatchSchema = lazily(() => taskSchemas.batch)
