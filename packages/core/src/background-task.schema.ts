import * as z from 'zod'
import { TASK_ERRORS, type TaskErrorCode } from './task-error-codes.js'
import { TASK_PRIORITIES } from './task-priority.js'
import { TASK_STATUSES } from './task-status.js'
import { TASK_STEP_STATUSES } from './background-task.js'

const date = z.iso.datetime()

export const taskStepSchema = z.object({
  key: z.string(),
  title: z.string(),
  status: z.enum(TASK_STEP_STATUSES),
  startedAt: date.exactOptional(),
  completedAt: date.exactOptional(),
})

export const taskErrorCodeSchema = z.enum(Object.keys(TASK_ERRORS) as [TaskErrorCode, ...TaskErrorCode[]])

/** A task on the wire. A reply with several tasks leaves out `payload`, and a summary all content. */
export const taskJsonSchema = z.object({
  taskId: z.string(),
  userId: z.string(),
  brandId: z.string(),
  type: z.string(),
  payload: z.unknown().exactOptional(),
  status: z.enum(TASK_STATUSES),
  progress: z.number().min(0).max(100),
  currentStep: z.string().exactOptional(),
  steps: z.array(taskStepSchema).exactOptional(),
  priority: z.enum(TASK_PRIORITIES),
  queuedAt: date,
  startedAt: date.exactOptional(),
  completedAt: date.exactOptional(),
  estimatedCompletion: date.exactOptional(),
  actualDuration: z.number().min(0).exactOptional(),
  lastError: z.string().exactOptional(),
  errorCode: taskErrorCodeSchema.exactOptional(),
  retryCount: z.int().min(0),
  maxRetries: z.int().min(0),
  result: z.unknown().exactOptional(),
  createdBy: z.string(),
  createdAt: date,
  updatedAt: date,
  version: z.int().min(1),
  runAt: date,
  title: z.string(),
  batchId: z.string().exactOptional(),
  retryOf: z.string().exactOptional(),
  partialResult: z.unknown().exactOptional(),
  traceId: z.string(),
  isSummary: z.literal(true).exactOptional(),
})

/** A row of a list. */
export const taskSummarySchema = taskJsonSchema
  .omit({ payload: true, result: true, partialResult: true })
  .extend({ isSummary: z.literal(true) })

/** A summary of the tasks that were created together. */
export const taskBatchSchema = z.object({
  batchId: z.string(),
  total: z.int().min(1),
  counts: z.record(z.enum(TASK_STATUSES), z.int().min(0)),
  progress: z.number().min(0).max(100),
  status: z.enum(TASK_STATUSES),
})
