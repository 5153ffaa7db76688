import type { GetHealthResponse, GetStatsResponse, TaskJson } from '@brandkit/core'
import type { ServerCreateOptions } from './http/server-call.js'
import type { ServerWire } from './http/server-wire.js'
import type { Principal } from './principal.js'
import type { NewTaskInput } from './runtime/creating/new-task.js'
import type { TaskStream } from './runtime/watching/task-stream.js'
import type { MaintainOutcome } from './store/task-store.js'

export interface TaskServer {
  /** Serves `/api/jobs`. Connects on the first request if `start` was not called. Never rejects. */
  handler: (request: Request) => Promise<Response>
  /**
   * The door for mounts that can upgrade a connection: `action=events` without the HTTP answer. Gives the stream, to be
   * attached to what carries it, or the answer that refuses (400, 401, 403 for another site's page, 404, 503 …). Also the
   * origin is checked, cookies or none. One that is not attached within a minute is given up. Never rejects.
   */
  openEvents(request: Request): Promise<TaskStream | Response>
  /** Connects, then works on tasks until `stop`. After a failure it may be called again. */
  start(): Promise<void>
  /** Takes nothing more, lets running tasks finish for a while, hands back the others, disconnects. */
  stop(): Promise<void>
  /** One round of maintenance, for deployments where no process lives between requests. */
  maintain(): Promise<MaintainOutcome | null>
  /**
   * What `action=health` answers: whether the store, the queue and the worker of this process do. Connects if need be.
   * Takes about two seconds at most and never rejects.
   */
  health(): Promise<GetHealthResponse>
  /** What `action=stats` answers to an operator, of one tenant or of all. */
  stats(options?: { tenantId?: string | undefined }): Promise<GetStatsResponse>
  /**
   * What a principal can ask over HTTP, in process: for prefetching in server rendering, server actions and scripts. The
   * same checks and limits; only `authenticate` is yours.
   *
   * @example
   * await queryClient.prefetchQuery(taskQuery({ service: { wire: server.as(principal) }, userId }, taskId))
   */
  as(principal: Principal): ServerWire
  tasks: {
    /**
     * Creates a task from server code, for the given principal. With `transaction` the task is part of the caller's own:
     * both commit or neither does.
     *
     * @throws TaskError as `action=create` answers
     */
    create(principal: Principal, input: NewTaskInput, options?: ServerCreateOptions): Promise<TaskJson>
  }
}
