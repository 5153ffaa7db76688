import type { BackoffPolicy, TaskHints, TaskJson, TaskLogger } from '@brandkit/core'
import type { TaskWire } from './task-service.js'

export interface TaskFollowerOptions {
  service: { readonly wire: TaskWire }
  /** Called with what a poll brought; the receiver decides by version what is news. */
  onTasks: (tasks: readonly TaskJson[], hints: Readonly<Record<string, TaskHints>>) => void
  /** Called with ids that the server does not know (any more). */
  onMissing?: ((taskIds: readonly string[]) => void) | undefined
  /** How the time between two reads of one task grows. Default: 1 s to 30 s, factor 1.5. */
  backoff?: BackoffPolicy | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  logger?: TaskLogger | undefined
}

/**
 * Decides when to read which task, for all followed tasks at once: one timer, and what falls due within a quarter of
 * its own delay goes into the same request. Holds no timer itself; a scheduler asks `msUntilDue` and calls `poll`.
 */
export interface TaskFollower {
  /** Follows a task to its end. Returns the function that stops it; following twice is counted. */
  follow(taskId: string, options?: { backoff?: BackoffPolicy | undefined }): () => void
  /** Tells the follower what is known of a task, from wherever: ends following it, or starts its backoff again. */
  observe(task: Pick<TaskJson, 'taskId' | 'status' | 'version'>): void
  /** Milliseconds until the earliest read is due; `false` when nothing is followed. */
  msUntilDue(): number | false
  /** Reads every task that is due. Failures count as attempts, so the backoff grows; rejects with the first TaskError. */
  poll(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Makes everything due now: the page became visible, or the network came back. */
  wake(): void
  /** Called whenever `msUntilDue` may have become smaller. */
  subscribe(listener: () => void): () => void
}
