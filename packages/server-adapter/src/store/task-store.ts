import type {
  TaskError,
  TaskErrorCode,
  TaskPriority,
  TaskReference,
  TaskStatus,
  TaskStep,
  Throughput,
} from '@brandkit/core'
import type { TaskScope } from '../principal.js'
import type { Acting, AuditPage, AuditQuery, EraseInput, EraseOutcome } from './audit.js'
import type { AttemptEnd, ProviderWait, StepCheckpoint, TaskReport } from './attempt-writes.js'
import type { ListFilter } from './list-filter.js'
import type { DueTask, MaintainInput, MaintainOutcome } from './maintain-pass.js'
import type { EndNotices, TakenNotice, TakeNoticesInput } from './notice.js'
import type { StoreCapabilities, StoreContext } from './store-capabilities.js'
import type { EndedTask, ReleaseOptions } from './release-next.js'
import type { OutlookInput, StoreOutlook, StoreStats, ThroughputQuery } from './store-outlook.js'
import type { StoredUsage, UsageQuery, UsageSum } from './store-usage.js'
import type { FindOptions, TextNews, TextPiece } from './task-text.js'
import type { TaskWatcher } from './task-watcher.js'
import type { UniqueWork } from './unique-work.js'
import type { ClaimInput, ClaimOutcome } from './task-claim.js'
import type { CreateTasksInput, CreateTasksOutcome } from './task-creation.js'
import type { SqlDatabase } from './sql-database.js'
import type { TakeOver } from './take-over.js'

/**
 * Keeps tasks. The store is the only authority: a queue's message merely says "look at this task".
 *
 * Every method is one atomic step. Every write by a worker carries its lease. If the lease's epoch differs from the row's,
 * the method throws TaskError `ownership_lost`. Only the store's own clock decides leases and due times. A store that cannot
 * be reached throws TaskError `store_unavailable`, and the call may be repeated.
 */
export interface TaskStore {
  readonly name: string
  readonly capabilities: StoreCapabilities
  /**
   * Names the place of the tasks, for a process that has several stores on the same place: bundlers may evaluate an app's
   * modules more than once, and so does hot reload.
   */
  readonly place?: string
  /** The SQL database underneath, if any, so that a queue can live in the same database. Usable once open. */
  readonly database?: SqlDatabase

  /** Connects, and migrates if allowed. Called again when `open` of this store or of the queue has failed. */
  open(context?: StoreContext): Promise<void>
  close(): Promise<void>

  /**
   * Inserts all tasks or none. Each new row has an alarm. If a task repeats an idempotency key of the same owner, nothing is
   * inserted, and the earlier tasks are returned with `replayed: true`. Another `requestHash` under the same key throws
   * `idempotency_key_reused`. A create that would pass a limit inserts nothing and throws `too_many_active_tasks` or
   * `queue_full`, unless it is a replay. Limits are exact within a process; of several processes that create in the same
   * instant, each may use all remaining room.
   *
   * With `claim`, each inserted task that is due is born claimed, as by a claim in the same instant: `processing`, attempt 1,
   * epoch 1, version 1. A replay claims nothing. Therefore a caller starts a task only if `replayed` is false and the task is
   * `processing`.
   *
   * At most one task of a tenant and type is under way for a unique key, however many processes create.
   * `return` inserts nothing for such a task and answers with the one under way; `refuse` throws `already_under_way`;
   * `replace` cancels the one under way in the same step. A replay comes before all of these. A batch that repeats a key of
   * its own answers twice with one task, or throws `already_under_way` unless the conflict is `return`.
   */
  create(input: CreateTasksInput): Promise<CreateTasksOutcome>

  /** The tasks among `taskIds` that the scope may see, in any order; other tasks are left out. Payloads may be large. */
  find(taskIds: readonly string[], scope: TaskScope, options?: FindOptions): Promise<StoredTask[]>

  /**
   * Newest first, keyset-paged, without payloads and results. Only tasks under way have their partial result: for a stream's
   * snapshot, since nothing else tells it until the next report.
   *
   * With `search` or `tags` a page looks at a hundred tasks at most for each that `limit` allows. So such a page may have fewer
   * tasks than `limit`, even none, while `nextCursor` leads on.
   */
  list(filter: ListFilter, scope: TaskScope): Promise<{ tasks: StoredTask[]; nextCursor: string | null }>

  /**
   * Takes a queued, due task of a known type for one attempt (attempt + 1, epoch + 1), or returns why it cannot. Cuts the
   * streamed text to its length at the last checkpoint.
   */
  claim(input: ClaimInput): Promise<ClaimOutcome>

  /**
   * After a task has ended, releases the most urgent held task of the same owner and of the same type that these limits let
   * run now. If the task was awaited, also those that waited only for it; and those that needed it fail with
   * `dependency_failed`, if it did not complete. The caller delivers the returned tasks.
   */
  releaseNext(ended: EndedTask, options?: ReleaseOptions): Promise<DueTask[]>

  /**
   * Extends the lease, never past the attempt's or the task's own deadline. Raises the version only if the task was born
   * claimed and this is the first write of its attempt: the attempt then counts as begun.
   */
  beat(lease: Lease, input: { leaseMs: number }): Promise<void>

  /**
   * Records progress (never lowers it), the running step with its items, a partial result, streamed text, a wait, and usage:
   * each report of usage counts once.
   */
  report(lease: Lease, report: TaskReport): Promise<void>

  /** Stores the output of a finished step, or of one item of a step, so that later attempts skip it. */
  checkpoint(lease: Lease, checkpoint: StepCheckpoint): Promise<void>

  /**
   * Ends the attempt. Repeating the same end after a lost reply succeeds; any other loss of ownership throws. A result that
   * cannot be stored throws `result_unserializable` and changes nothing. An invalid delay throws `invalid_request`. If the
   * task ends, its notices are stored in the same step.
   */
  settle(lease: Lease, end: AttemptEnd): Promise<StoredTask>

  /**
   * Cancels a queued or running task, and stores its notices. Returns null when the scope has no such task. `by` becomes
   * `cancelledBy`.
   */
  cancel(
    taskId: string,
    scope: TaskScope,
    options?: Acting & { notices?: EndNotices | undefined },
  ): Promise<StoredTask | null>

  /**
   * Empties an ended task of payload, result, text and steps: only its tombstone is left. Returns null when the scope has no such
   * task.
   */
  delete(taskId: string, scope: TaskScope, acting?: Acting): Promise<StoredTask | null>

  /**
   * One idempotent, bounded pass over all that names a user: cancels what is under way, empties all tasks with their titles
   * and errors, removes the idempotency keys, and puts `ERASED_USER` in the place of the id.
   */
  eraseUser(input: EraseInput): Promise<EraseOutcome>

  /**
   * Who did what, newest first. `cancel`, `delete`, `eraseUser` and the create of a retry write their entries in the same step
   * as the act itself.
   */
  audit(query: AuditQuery): Promise<AuditPage>

  /**
   * One idempotent, bounded pass. A lease that expires costs an attempt, unless the task was born claimed and nothing was
   * written since: its worker died between insert and start. Returns null when another pass was made less than `minIntervalMs` ago.
   */
  maintain(input: MaintainInput): Promise<MaintainOutcome | null>

  /**
   * Records what became of delivered notices, then takes the notices that are due under a lease, the longest due first. Only
   * one of several processes gets a notice while its lease lives. A notice becomes dead 24 hours after its task's end, and a
   * dead one is kept for seven more days. Notices are removed with their task's tombstone.
   */
  takeNotices(input: TakeNoticesInput): Promise<TakenNotice[]>

  /**
   * Notifies of stored changes of any process, at least once and within a second. Intermediate versions may be skipped, but
   * the last version always arrives. Returns the function that stops the watch.
   */
  watch(watcher: TaskWatcher): () => void

  stats(tenantId?: string): Promise<StoreStats>

  /** The tasks that have ended, by bucket, as one read that the span bounds. */
  throughput(query: ThroughputQuery): Promise<Throughput>

  /** What models have used: sums of a month, or those of a task's attempts. Sums of months outlive their tasks. */
  usage(query: UsageQuery): Promise<UsageSum[]>

  /** The data for estimates, as one bounded read. */
  outlook(input: OutlookInput): Promise<StoreOutlook>

  /**
   * Resolves when tasks can be read and written, and changes nothing. This must be the cheapest such check: `health` calls
   * it at most once a second. Default: `find`, for a store that is writable whenever it is readable.
   *
   * @throws TaskError `store_unavailable` also when the store is read-only
   */
  ping?(): Promise<void>
}

/** A task to insert. The runtime makes ids, trace and title; the store sets times. */
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
  /** Default: none. */
  tags?: readonly string[] | undefined
  steps: readonly Pick<TaskStep, 'key' | 'title'>[]
  priority: TaskPriority
  maxRetries: number
  traceId: string
  /** The span that created the task (W3C Trace Context), so that its worker continues the trace. */
  traceparent?: string | undefined
  batchId?: string | undefined
  retryOf?: string | undefined
  /** ISO 8601. Default: now, by the store's clock. */
  runAt?: string | undefined
  /** Finished work of an ended task, with which this one begins. Nothing is taken over from an emptied task. */
  takeOver?: TakeOver | undefined
  /** The task whose id makes the idempotency keys for providers. Default: this one. */
  keysOf?: string | undefined
  /** Tasks of the same tenant that must complete first. Default: none. */
  after?: readonly TaskReference[] | undefined
  /** Allows only one task under way for its key. Default: any number. */
  unique?: UniqueWork | undefined
  /** Longest time of one attempt. */
  timeoutMs: number
  /** How long the task may wait, counted from the later of creation and `runAt`, before it fails with `task_expired`. */
  timeToLiveMs: number
  /** Longest time from the first due time to the end; later the task fails with `deadline_exceeded`. Default: none. */
  deadlineMs?: number | undefined
  /** The tier of the principal that created the task, if its budget may stop the task while it runs. */
  tier?: string | undefined
}

/** A row as the store returns it. Dates are ISO 8601 in UTC. Steps that have ended or are running carry their times. */
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
  /** The tasks that had to complete first. Absent without any. */
  after?: TaskReference[]
  /** Those of `after` that have not completed yet. Absent once the task may run. */
  waitsFor?: TaskReference[]
  /** Whether its end may let others run: a caller that ends it then calls `releaseNext`. */
  awaited?: true
  /** Absent without tags. */
  tags?: string[]
  status: TaskStatus
  progress: number
  currentStep?: string
  steps: TaskStep<string>[]
  priority: TaskPriority
  /** How many times its alarm has rung. */
  rings: number
  attempt: number
  epoch: number
  version: number
  maxRetries: number
  traceId: string
  traceparent?: string
  batchId?: string
  retryOf?: string
  keysOf?: string
  createdAt: string
  updatedAt: string
  queuedAt: string
  runAt: string
  startedAt?: string
  completedAt?: string
  lastError?: string
  errorCode?: TaskErrorCode
  result?: unknown
  /** The partial result that was last reported. Completion removes it: the result takes its place. */
  partialResult?: unknown
  /** Over all attempts: one entry for each pair of model and currency. */
  usage?: StoredUsage[]
  tier?: string
  /** The wait that was last reported, also when it is over. Absent in ended tasks. */
  waitingFor?: ProviderWait
  /** Payload, result and steps were purged at this time; only the tombstone is left. */
  purgedAt?: string
  /** Changes with the streamed text. Absent for a task without one. */
  textCursor?: string
  /** Only in reads with `textAfter`. */
  text?: TextNews
  /** The person who cancelled the task, if the store was told. */
  cancelledBy?: string
  /** Only in reads with `textAs: 'pieces'`, and there instead of `text`: the pieces that this reader may lack, in order. */
  textPieces?: TextPiece[]
  /** Why content is missing that is stored: it cannot be decrypted. Only from `encryptedStore`. */
  unreadable?: TaskError
}

/** The right to write: one attempt of one task. */
export interface Lease {
  taskId: string
  /** Whose key encrypts what the attempt writes; see `encryptedStore`. */
  tenantId: string
  epoch: number
}
