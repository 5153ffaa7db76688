import type { TaskPayload, TaskResult, TaskType } from './register.js'
import type { TaskErrorCode } from './task-error-codes.js'
import type { TaskPriority } from './task-priority.js'

/** A task's id, a UUID version 7 (RFC 9562). Carries the type from create to read; at run time it is a plain string. */
export type TaskId<T extends TaskType = TaskType> = string & { readonly '~type'?: T }

export const TASK_STEP_STATUSES = ['pending', 'running', 'completed', 'failed'] as const
export type TaskStepStatus = (typeof TASK_STEP_STATUSES)[number]

/** One named piece of a task's work, as people see it. `D` is how dates appear: ISO strings on the wire. */
export interface TaskStep<D = Date> {
  /** The catalog's key; labels translate it. */
  key: string
  title: string
  status: TaskStepStatus
  startedAt?: D
  completedAt?: D
}

/** What every task has, whatever its status. `D` is how dates appear: `Date` in apps, ISO 8601 strings on the wire. */
export interface TaskFields<T extends TaskType, D> {
  taskId: TaskId<T>
  /** The owner. */
  userId: string
  brandId: string
  type: T
  /** Absent where several tasks come at once (lists, streams, reads of many), since it never changes; clients merge it. */
  payload: TaskPayload<T>
  /** 0 to 100; never falls, and reaches 100 only at completion. */
  progress: number
  /** Key of the step that runs now. */
  currentStep?: string
  steps?: TaskStep<D>[]
  priority: TaskPriority
  queuedAt: D
  /** Start of the first attempt. */
  startedAt?: D
  /** When the task reached its end, whichever end it was. */
  completedAt?: D
  /** A hint: the time now plus what remains of a typical run. */
  estimatedCompletion?: D
  /** From the start of the first attempt to the end, in milliseconds. */
  actualDuration?: number
  /** Attempts after the first. */
  retryCount: number
  maxRetries: number
  /** The user who asked: the owner, or a person who acts for the owner. */
  createdBy: string
  createdAt: D
  updatedAt: D
  /** Grows with every stored change. The greater version is the newer truth. */
  version: number
  /** Not to be started before. */
  runAt: D
  /** Tells this task from others of its type; made by the catalog at creation. */
  title: string
  batchId?: string
  retryOf?: string
  partialResult?: unknown
  /** 32 hex digits (W3C Trace Context), the same in browser, queue and worker. */
  traceId: string
}

/** What depends on how the task ended, so that impossible combinations cannot be written down. */
export type TaskOutcome<T extends TaskType, D> =
  // While queued again after a failed attempt, `lastError` says what went wrong.
  | { status: 'queued' | 'processing' | 'cancelled'; result?: never; lastError?: string; errorCode?: TaskErrorCode }
  | { status: 'completed'; result: TaskResult<T>; completedAt: D; lastError?: string; errorCode?: never }
  | { status: 'failed'; result?: never; completedAt: D; lastError: string; errorCode: TaskErrorCode }

/** A task as apps see it. */
export type BackgroundTask<T extends TaskType = TaskType> = T extends TaskType
  ? TaskFields<T, Date> & TaskOutcome<T, Date>
  : never

/** A task as JSON carries it: dates are ISO 8601 strings in UTC. This is what caches hold and servers send. */
export type TaskJson<T extends TaskType = TaskType> = T extends TaskType
  ? TaskFields<T, string> & TaskOutcome<T, string>
  : never

/** The fields of a task that are dates; nothing inside payload or result is ever converted. */
export const TASK_DATE_FIELDS = [
  'queuedAt',
  'startedAt',
  'completedAt',
  'estimatedCompletion',
  'createdAt',
  'updatedAt',
  'runAt',
] as const

/** Turns the wire form into what apps see. Pure; payload and result are shared, not copied. */
export function toBackgroundTask<T extends TaskType>(json: TaskJson<T>): BackgroundTask<T> {
  const task = withDates(json)
  if (json.steps) task['steps'] = json.steps.map(withDates)
  return task as unknown as BackgroundTask<T>
}

/** A copy whose dates are dates. The dates of a step have the names that those of a task have. */
function withDates(json: object): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...json }
  for (const field of TASK_DATE_FIELDS) {
    const value = copy[field]
    if (typeof value === 'string') copy[field] = new Date(value)
  }
  return copy
}
