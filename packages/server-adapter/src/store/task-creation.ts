import type { EndNotices } from './notice.js'
import type { SqlTransaction } from './sql-database.js'
import type { CreateLimits } from './store-limits.js'
import type { NewStoredTask, StoredTask } from './task-store.js'

export interface CreateTasksInput {
  tasks: readonly NewStoredTask[]
  /** Scope: tenant, user and key. `requestHash` tells a replay from a mistake. */
  idempotency?: { key: string; requestHash: string } | undefined
  /** Runs the statement inside the caller's own transaction, so that both commit or neither does. */
  transaction?: SqlTransaction | undefined
  limits?: CreateLimits | undefined
  /**
   * The caller will run the tasks at once. No claim limits apply, so callers with `ClaimLimits` leave it out. So do callers
   * with `takeOver`, because only a claim returns checkpoints.
   */
  claim?: { leaseMs: number } | undefined
  /** Stored for each task that one of these replaces. Default: none. */
  notices?: EndNotices | undefined
}

export interface CreateTasksOutcome {
  /** In the order of the input. A task with another id than its input was under way already. */
  tasks: StoredTask[]
  /** No task was inserted: all of them existed. */
  replayed: boolean
  /** The tasks that `onConflict: 'replace'` has cancelled. Absent when there are none. */
  replaced?: StoredTask[]
}
