import type { TaskPriority } from '@brandkit/core'
import type { EndNotices } from './notice.js'
import type { ClaimLimits } from './store-limits.js'

/** What one pass of `TaskStore.maintain` may do. */
export interface MaintainInput {
  /** Skips the pass when any process made one less than this many milliseconds ago. 0: never skips. */
  minIntervalMs: number
  /** `not-yet` after an outage, until workers have had time to beat. */
  expireLeases: 'yes' | 'not-yet'
  /** Number of messages in the queue, if it can tell: no alarm rings while it is at least the number of due rows. */
  waitingMessages?: number | undefined
  /** Most tasks that each duty of this pass may touch. */
  limit: number
  /** Releases held tasks that these limits let run, in case their releasing process died. Default: leaves them held. */
  limits?: ClaimLimits | undefined
  /** `auditMs`: how long entries of the audit are kept. Default: for ever. */
  retention: { endedMs: number; tombstoneMs: number; auditMs?: number | undefined }
  /** Stored for each task that this pass ends. Default: none. */
  notices?: EndNotices | undefined
  /** The worker of the calling process. The store counts it as alive for `aliveMs`, also when the pass is skipped. */
  worker?: WorkerSign | undefined
}

export interface WorkerSign {
  workerId: string
  /** How many tasks it can run at once. */
  slots: number
  aliveMs: number
}

export interface MaintainOutcome {
  /** Tasks to be delivered (again): their alarm rang or their lease expired. */
  deliver: DueTask[]
  expired: number
  timedOut: number
  purged: number
  /** Whether `takeNotices` has something to do. Absent when the input names no notices. */
  noticesDue?: boolean
}

/** A task to be delivered. */
export interface DueTask {
  taskId: string
  priority: TaskPriority
  rings: number
  /** Milliseconds until it is due, 0 when it is. */
  dueInMs: number
}
