import type { TaskPayload, TaskResult, TaskType } from './register.js'
import type { TaskErrorCode } from './task-error-codes.js'
import type { TaskPriority } from './task-priority.js'
import type { TaskUsage } from './task-usage.js'

/**
 * A task's id: a UUID version 7 (RFC 9562). The type carries the task type from create to read; at run time the id is a
 * plain string.
 */
export type TaskId<T extends TaskType = TaskType> = string & { readonly '~type'?: T }

export const TASK_STEP_STATUSES = ['pending', 'running', 'completed', 'failed'] as const
export type TaskStepStatus = (typeof TASK_STEP_STATUSES)[number]

/** One named piece of a task's work, as people see it. `D` is the form of dates: `Date` in apps, ISO strings on the wire. */
export interface TaskStep<D = Date> {
  /** The step's key in the catalog; labels translate it. */
  key: string
  title: string
  status: TaskStepStatus
  startedAt?: D
  completedAt?: D
  /** The stored items of a step that works through a list. Absent before the first. */
  items?: StepItems
}

/** How far a step with items has come. */
export interface StepItems {
  done: number
  /** Known as soon as `step.map` has begun. Absent when the generator runs its items one by one. */
  total?: number
}

/** A wait for a provider whose budget is used up, or that has asked for a pause. */
export interface ProviderPause<D = Date> {
  /** As the server's `limits.providers` names it. */
  provider: string
  until: D
}

/** Another task, as a task that follows it names it. */
export interface TaskReference {
  taskId: string
  title: string
}

/** The fields of every task, whatever its status. `D` is the form of dates: `Date` in apps, ISO 8601 strings on the wire. */
export interface TaskFields<T extends TaskType, D> {
  taskId: TaskId<T>
  /** The owner. */
  userId: string
  brandId: string
  type: T
  /**
   * Absent in streams and reads of many, because a payload never changes. Clients keep the payload that they know.
   */
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
  /** The time at which the task ended, in whatever way. */
  completedAt?: D
  /** A hint: now plus the rest of a typical run. */
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
  /** The earliest time at which the task may start. */
  runAt: D
  /** Tells this task from others of its type; the catalog makes the title at creation. */
  title: string
  /** Words that people gave the task to find it again. Absent without any. */
  tags?: string[]
  /** The person who cancelled it. Absent when the server does not know. */
  cancelledBy?: string
  batchId?: string
  retryOf?: string
  /** The tasks of `after` that have not completed yet. Absent once the task may start. */
  waitsFor?: TaskReference[]
  partialResult?: unknown
  /** What models have used for the task so far, by model and currency. Absent until the first report. */
  usage?: TaskUsage[]
  /** Changes with the text that the task streams; absent for a task without one. `action=text` reads the text after it. */
  textCursor?: string
  /** The provider for which the task waits, and until about when. It waits no more once that time has passed. */
  waitingFor?: ProviderPause<D>
  /** 32 hex digits (W3C Trace Context), the same in browser, queue and worker. */
  traceId: string
}

/** The fields that depend on the outcome: a union, so that impossible combinations cannot be written. */
export type TaskOutcome<T extends TaskType, D> =
  // A task that is queued again after a failed attempt keeps the failure in `lastError`.
  | { status: 'queued' | 'processing' | 'cancelled'; result?: never; lastError?: string; errorCode?: TaskErrorCode }
  | { status: 'completed'; result: TaskResult<T>; completedAt: D; lastError?: string; errorCode?: never }
  | { status: 'failed'; result?: never; completedAt: D; lastError: string; errorCode: TaskErrorCode }

/** A task as apps see it. */
export type BackgroundTask<T extends TaskType = TaskType> = T extends TaskType
  ? TaskFields<T, Date> & TaskOutcome<T, Date>
  : never

/** A task as JSON carries it: dates are ISO 8601 strings in UTC. Caches hold this form and servers send it. */
export type TaskJson<T extends TaskType = TaskType> = T extends TaskType
  ? TaskFields<T, string> & TaskOutcome<T, string>
  : never

/** What apps put into a task: it may be large, so lists leave it out. */
export type TaskContent = 'payload' | 'result' | 'partialResult'

/** A task without its content, as lists have it. Every task is also its own summary. */
export type TaskSummary<T extends TaskType = TaskType> = WithoutContent<BackgroundTask<T>>

/** A summary as JSON carries it: the row of a list, or an ended task in the snapshot of a stream. */
export type TaskSummaryJson<T extends TaskType = TaskType> = WithoutContent<TaskJson<T>>

/** Keeps the union of outcomes, which a plain `Omit` would merge. */
type WithoutContent<Task> = Task extends unknown
  ? Omit<Task, TaskContent> & {
      /** The server has left out the content; a read by id brings it. Absent in whole tasks. */
      isSummary?: true
    }
  : never

/** Whether this is the whole task and no summary. */
export function hasContent(json: TaskSummaryJson): json is TaskJson {
  return json.isSummary !== true
}

/** The date fields of a task. Values inside payload and result are never converted. */
export const TASK_DATE_FIELDS = [
  'queuedAt',
  'startedAt',
  'completedAt',
  'estimatedCompletion',
  'createdAt',
  'updatedAt',
  'runAt',
] as const

/** Turns a task from its wire form into the form that apps see. Pure; payload and result are shared, not copied. */
export function toBackgroundTask<T extends TaskType>(json: TaskJson<T>): BackgroundTask<T> {
  return withDatesOfSteps(json) as BackgroundTask<T>
}

/** Like `toBackgroundTask`, for the rows of lists. */
export function toTaskSummary<T extends TaskType>(json: TaskSummaryJson<T>): TaskSummary<T> {
  return withDatesOfSteps(json) as TaskSummary<T>
}

function withDatesOfSteps(json: { steps?: TaskStep<string>[]; waitingFor?: ProviderPause<string> }): unknown {
  const { steps, waitingFor } = json
  return {
    ...withDates(json),
    ...(steps && { steps: steps.map(withDates) }),
    ...(waitingFor && { waitingFor: { ...waitingFor, until: new Date(waitingFor.until) } }),
  }
}

/** A copy with `Date` objects. Steps use the same field names for their dates as tasks. */
function withDates(json: object): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...json }
  for (const field of TASK_DATE_FIELDS) {
    const value = copy[field]
    if (typeof value === 'string') copy[field] = new Date(value)
  }
  return copy
}
