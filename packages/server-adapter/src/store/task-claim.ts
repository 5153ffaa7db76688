import type { ClaimLimits } from './store-limits.js'
import type { Lease, StoredTask } from './task-store.js'

export interface ClaimInput {
  taskId: string
  /** A task of another type stays queued for a worker that knows it. */
  knownTypes: readonly string[]
  /**
   * The greatest version of each known type that the caller can run. A task of a greater version stays queued. Default: any.
   */
  typeVersions?: ReadonlyMap<string, number> | undefined
  leaseMs: number
  /** A due task beyond these limits is held: it stays queued until `releaseNext` or its alarm has it delivered again. */
  limits?: ClaimLimits | undefined
  /** Gives the text as the task's `textPieces`, for the caller that has encrypted it. Default: whole, as `text`. */
  textAs?: 'pieces' | undefined
}

export type ClaimOutcome =
  | {
      outcome: 'claimed'
      task: StoredTask
      lease: Lease
      /** The stored outputs, by the name that `toCheckpointKey` makes of step and item. */
      checkpoints: ReadonlyMap<string, unknown>
      /** The text as it was at the last checkpoint. Absent when there is none. */
      text?: string | undefined
      /** Milliseconds until the task's deadline, if it has one. */
      deadlineInMs?: number | undefined
    }
  /** Queued, but it waits for another task, or its owner or type has reached a limit of running tasks. */
  | { outcome: 'held' }
  /** Queued, but not due for `dueInMs` more milliseconds. */
  | { outcome: 'early'; dueInMs: number }
  /** Another worker's lease lives for `leaseMs` more milliseconds. */
  | { outcome: 'busy'; leaseMs: number }
  /** The task has ended or does not exist, or this worker does not know its type. */
  | { outcome: 'over' }
