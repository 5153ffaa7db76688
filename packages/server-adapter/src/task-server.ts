import type {
  AuditFilter,
  GetAuditResponse,
  GetHealthResponse,
  GetStatsResponse,
  TaskJson,
  UsageShare,
} from '@brandkit/core'
import type { Mounting } from './http/mounting.js'
import type { ServerCreateOptions } from './http/server-call.js'
import type { PersonInput } from './http/person-calls.js'
import type { ServerWire } from './http/server-wire.js'
import type { Principal } from './principal.js'
import type { NewTaskInput } from './runtime/creating/new-task.js'
import type { UsageRequest } from './runtime/spending/usage-reader.js'
import type { TaskStream } from './runtime/watching/task-stream.js'
import type { ExportedRecord } from './runtime/privacy/exported-record.js'
import type { EraseOutcome } from './store/audit.js'
import type { MaintainOutcome } from './store/maintain-pass.js'

export interface TaskServer {
  /** Serves `/api/jobs`. Connects on the first request if `start` was not called. Never rejects. */
  handler: (request: Request) => Promise<Response>
  /**
   * Serves `action=events` for mounts that can upgrade a connection. Resolves with a stream, which the mount attaches to the
   * connection, or with the response that refuses (400, 401, 403 for another site's page, 404, 503 …). The origin is
   * checked even for requests without cookies. A stream that is not attached within a minute is closed. Never rejects.
   */
  openEvents(request: Request): Promise<TaskStream | Response>
  /** For mounts that speak another protocol than `/api/jobs`, such as `toMcp` of `@brandkit/server-adapter/mcp`. */
  readonly mounting: Mounting
  /** Connects, then works on tasks until `stop`. May be called again after a failure. */
  start(): Promise<void>
  /** Stops taking tasks, lets running tasks finish for `timings.drainMs`, releases the others, then disconnects. */
  stop(): Promise<void>
  /** Makes one pass of maintenance, for deployments without a process between requests. */
  maintain(): Promise<MaintainOutcome | null>
  /**
   * The answer of `action=health`: whether the store, the queue and the worker of this process respond. Connects first if
   * necessary. Takes about two seconds at most and never rejects.
   */
  health(): Promise<GetHealthResponse>
  /** The answer of `action=stats` to an operator, for one tenant or for all. */
  stats(options?: { tenantId?: string | undefined }): Promise<GetStatsResponse>
  /** The answer of `action=audit` to an operator, for one tenant or for all: who did what, newest first. */
  audit(query?: AuditFilter & { tenantId?: string | undefined }): Promise<GetAuditResponse>
  /**
   * Reads all that is stored about a user, record by record, with one task at a time in memory. The audit learns of it first.
   *
   * @example
   * for await (const record of server.exportUser({ userId, by: userId })) file.write(`${JSON.stringify(record)}\n`)
   *
   * @throws TaskError `invalid_request` at the first record when the user does not fit
   */
  exportUser(person: PersonInput): AsyncIterable<ExportedRecord>
  /**
   * Erases all that names a user: cancels what is under way, empties every task with its title, tags and errors, removes
   * notices, idempotency keys and sums of usage, and puts `erased user` in the place of the id, in the audit too. May be repeated.
   * End the user's sessions first, because a task that the user creates later is a new one.
   *
   * @throws TaskError `invalid_request`
   */
  eraseUser(person: PersonInput): Promise<EraseOutcome>
  /**
   * What models have used, for billing and reports: the sums of a month by user, brand, tenant, type or model, or of a task's
   * attempts. Each id has one sum for each currency, and one for calls without a stated cost. Sums outlive their tasks.
   *
   * @throws TaskError `invalid_request`
   * @example
   * await server.usage({ by: 'user', tenantId: 'acme', month: '2026-11' })
   */
  usage(request: UsageRequest): Promise<UsageShare[]>
  /**
   * The calls that a principal can make over HTTP, in process: for prefetching in server rendering, server actions and
   * scripts. All checks and limits apply except `authenticate`, because you name the principal.
   *
   * @example
   * await queryClient.prefetchQuery(taskQuery({ service: { wire: server.as(principal) }, userId }, taskId))
   */
  as(principal: Principal): ServerWire
  tasks: {
    /**
     * Creates a task from server code, for the given principal. With `transaction` the task is part of the caller's
     * transaction: both commit, or both roll back.
     *
     * @throws TaskError with the codes of `action=create`
     */
    create(principal: Principal, input: NewTaskInput, options?: ServerCreateOptions): Promise<TaskJson>
  }
}
