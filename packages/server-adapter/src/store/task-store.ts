import type { TaskErrorCode, TaskPriority, TaskStatus, TaskStep } from '@brandkit/core'
import type { TaskScope } from '../principal.js'
import type { ClaimLimits, CreateLimits } from './store-limits.js'
import type { OutlookInput, StoreOutlook, StoreStats } from './store-outlook.js'
import type { TaskWatcher } from './task-watcher.js'
import type { SqlDatabase, SqlTransaction } from './sql-database.js'

/**
 * Keeps tasks. The only authority: a queue's message merely says "look at this task".
 *
 * Every method is one atomic step. Every write by a worker shows its lease; when the lease's epoch is no longer the
 * row's, the method throws TaskError `ownership_lost`. Only the store's own clock decides leases and due times.
 * A store that cannot be reached throws TaskError `store_unavailable`, and the call may be repeated.
 */
export interface TaskStore {
  readonly name: string
  readonly capabilities: StoreCapabilities
  /**
   * Names where the tasks are, for a process that has several stores on them: bundlers evaluate an app's modules more than
   * once, and hot reloads again.
   */
  readonly place?: string
  /** The SQL database underneath, where there is one, so that a queue can live in the same. Usable once open. */
  readonly database?: SqlDatabase

  /** Connects, and migrates where that is allowed. Called again when it has failed, or the queue's `open` after it. */
  open(): Promise<void>
  close(): Promise<void>

  /**
   * Inserts all or none. Each row carries its own alarm from birth. When a task repeats an idempotency key of the
   * same owner, nothing is inserted and the earlier tasks come back with `replayed: true`; another `requestHash`
   * under the same key throws `idempotency_key_reused`. A create that would pass a limit inserts nothing and throws
   * `too_many_active_tasks` or `queue_full`, unless it is a replay. Limits are exact within a process; of several
   * processes that create in the same instant, each may use up what was left.
   */
  create(input: CreateTasksInput): Promise<{ tasks: StoredTask[]; replayed: boolean }>

  /** The tasks among `taskIds` that the scope may see, in no particular order; the others are simply absent. Payloads may be large. */
  find(taskIds: readonly string[], scope: TaskScope, options?: { without?: 'payload' }): Promise<StoredTask[]>

  /** Newest first, keyset-paged, without payloads. */
  list(filter: ListFilter, scope: TaskScope): Promise<{ tasks: StoredTask[]; nextCursor: string | null }>

  /** Takes a queued, due task of a known type for one attempt (attempt + 1, epoch + 1), or says why not. */
  claim(input: ClaimInput): Promise<ClaimOutcome>

  /**
   * What may run after a task has ended: clears the hold of the most urgent held task of the same owner, and of the
   * same type, that these limits let run now, for the caller to deliver.
   */
  releaseHeld(sibling: { tenantId: string; userId: string; type: string }, limits: ClaimLimits): Promise<DueTask[]>

  /** Prolongs the lease, never past the attempt's or the task's own deadline. */
  beat(lease: Lease, input: { leaseMs: number }): Promise<void>

  /** Records progress (never lowers it), the running step and a partial result. */
  report(lease: Lease, report: TaskReport): Promise<void>

  /** Keeps a finished step's output, so that no later attempt runs it again. */
  checkpoint(lease: Lease, checkpoint: StepCheckpoint): Promise<void>

  /**
   * Ends the attempt. Repeating the same end after a lost reply succeeds; any other loss of ownership throws.
   * An end whose result cannot be stored throws `result_unserializable` and changes nothing; one whose delay is none
   * throws `invalid_request`.
   */
  settle(lease: Lease, end: AttemptEnd): Promise<StoredTask>

  /** Cancels a queued or running task, or returns null when there is none such in the scope. */
  cancel(taskId: string, scope: TaskScope): Promise<StoredTask | null>

  /** Empties an ended task of payload, result and steps: only its tombstone is left. Null when there is none such in the scope. */
  delete(taskId: string, scope: TaskScope): Promise<StoredTask | null>

  /** One idempotent, bounded pass. Returns null when another pass was made less than `minIntervalMs` ago. */
  maintain(input: MaintainInput): Promise<MaintainOutcome | null>

  /**
   * Announces stored changes of any process, at least once and within a second; intermediate versions may be
   * skipped, the last never. Returns the function that stops it.
   */
  watch(watcher: TaskWatcher): () => void

  stats(tenantId?: string): Promise<StoreStats>

  /** What estimates are made from, as one bounded read. */
  outlook(input: OutlookInput): Promise<StoreOutlook>

  /**
   * Resolves when tasks can be read and written, and changes nothing: the cheapest such question, asked for `health`
   * once a second at most. Default: `find`, for a store that can be written whenever it can be read.
   *
   * @throws TaskError `store_unavailable` also when the store is read-only
   */
  ping?(): Promise<void>
}

export interface StoreCapabilities {
  /** Whether tasks survive the end of the process. */
  durable: boolean
  /** Whether several processes may share it. */
  shared: boolean
  /** For the first log message, where there is something to warn of. Final once the store is open. */
  warning?: string
}

/** A task to insert. Ids, trace and title are made by the runtime; times by the store. */
export interface NewStoredTask {
  taskId: string
  tenantId: string
  userId: string
  createdBy: string
  brandId: string
  type: string
  /** The version of its definition in the catalog. Default 1. */
  typeVersion?: number | undefined
  payload: unknown
  title: string
  steps: readonly Pick<TaskStep, 'key' | 'title'>[]
  priority: TaskPriority
  maxRetries: number
  traceId: string
  /** The span that created it (W3C Trace Context), so that its worker goes on with the trace. */
  traceparent?: string | undefined
  batchId?: string | undefined
  retryOf?: string | undefined
  /** ISO 8601. Default: now, by the store's clock. */
  runAt?: string | undefined
  /** Longest time of one attempt. */
  timeoutMs: number
  /** How long it may wait, counted from the later of creation and `runAt`, before it fails with `task_expired`. */
  timeToLiveMs: number
  /** Longest time from when it is first due to its end, after which it fails with `deadline_exceeded`. Default: none. */
  deadlineMs?: number | undefined
}

export interface CreateTasksInput {
  tasks: readonly NewStoredTask[]
  /** Scope: tenant, user and key. `requestHash` tells a replay from a mistake. */
  idempotency?: { key: string; requestHash: string } | undefined
  /** Runs the statement inside the caller's own transaction, so that both commit or neither does. */
  transaction?: SqlTransaction | undefined
  limits?: CreateLimits | undefined
}

/** A row as the store gives it back. Dates are ISO 8601 in UTC. Steps that have ended or run carry their times. */
export interface StoredTask {
  taskId: string
  tenantId: string
  userId: string
  createdBy: string
  brandId: string
  type: string
  typeVersion: number
  /** Absent in lists. */
  payload?: unknown
  title: string
  status: TaskStatus
  progress: number
  currentStep?: string
  steps: TaskStep<string>[]
  priority: TaskPriority
  /** How often its alarm has rung. */
  rings: number
  attempt: number
  epoch: number
  version: number
  maxRetries: number
  traceId: string
  traceparent?: string
  batchId?: string
  retryOf?: string
  createdAt: string
  updatedAt: string
  queuedAt: string
  runAt: string
  startedAt?: string
  completedAt?: string
  lastError?: string
  errorCode?: TaskErrorCode
  result?: unknown
  /** The last that was reported. Completion removes it: the result takes its place. */
  partialResult?: unknown
  /** Payload, result and steps were purged at this time; only the tombstone is left. */
  purgedAt?: string
}

export interface ListFilter {
  brandId?: string | undefined
  type?: string | undefined
  status?: readonly TaskStatus[] | undefined
  batchId?: string | undefined
  /** ISO 8601. */
  endedAfter?: string | undefined
  /** Opaque; from a previous page. A malformed one throws TaskError `invalid_request`. */
  cursor?: string | undefined
  limit: number
}

/** The right to write: one attempt of one task. */
export interface Lease {
  taskId: string
  epoch: number
}

export interface ClaimInput {
  taskId: string
  /** A task of another type stays queued for a worker that knows it. */
  knownTypes: readonly string[]
  /** The greatest version of a known type that the caller can run. A task of a greater one stays queued. Default: any. */
  typeVersions?: ReadonlyMap<string, number> | undefined
  leaseMs: number
  /** A due task beyond them is held: it stays queued until `releaseHeld`, or its alarm, has it delivered again. */
  limits?: ClaimLimits | undefined
}

export type ClaimOutcome =
  | {
      outcome: 'claimed'
      task: StoredTask
      lease: Lease
      checkpoints: ReadonlyMap<string, unknown>
      /** Milliseconds until the task's deadline, where it has one. */
      deadlineInMs?: number | undefined
    }
  /** Queued and due, but as many of its owner or type run as may. */
  | { outcome: 'held' }
  /** Queued, but not due for `dueInMs` more milliseconds. */
  | { outcome: 'early'; dueInMs: number }
  /** Another worker's lease lives for `leaseMs` more milliseconds. */
  | { outcome: 'busy'; leaseMs: number }
  /** It has ended, does not exist, or its type is not known here: nothing for this worker to do. */
  | { outcome: 'over' }

export interface TaskReport {
  /** 0 to 99.9: a task that is not over is not complete. */
  progress?: number | undefined
  /** Key of the step that starts now. */
  currentStep?: string | undefined
  partialResult?: unknown
}

export interface StepCheckpoint {
  step: string
  /** JSON. */
  output: unknown
  /** Overall progress once the step is done. */
  progress?: number | undefined
}

export type AttemptEnd =
  | { status: 'completed'; result: unknown }
  | { status: 'failed'; errorCode: TaskErrorCode; lastError: string }
  /** Back to `queued`, due after `delayMs` (from 0 to a hundred years); fails instead when no attempt is left. */
  | { status: 'retry'; delayMs: number; errorCode: TaskErrorCode; lastError: string }
  /** Back to `queued`, due now. Gives the attempt back if a checkpoint was made since the claim. */
  | { status: 'release' }

export interface MaintainInput {
  /** Skips the pass when the last one, by any process, is younger. 0: always. */
  minIntervalMs: number
  /** Off while workers have had no time to beat since an outage. */
  expireLeases: 'yes' | 'not-yet'
  /** Messages that the queue still holds, if it can tell: alarms are silent while it holds as many as rows are due. */
  waitingMessages?: number | undefined
  /** Most tasks touched by each duty of this pass. */
  limit: number
  /** Releases held tasks that these let run, in case the process died that should have. Default: leaves them held. */
  limits?: ClaimLimits | undefined
  retention: { endedMs: number; tombstoneMs: number }
}

export interface MaintainOutcome {
  /** Tasks to be delivered (again): alarms that rang and leases that expired. */
  deliver: DueTask[]
  expired: number
  timedOut: number
  purged: number
}

export interface DueTask {
  taskId: string
  priority: TaskPriority
  rings: number
  /** Milliseconds until it is due, 0 when it is. */
  dueInMs: number
}
