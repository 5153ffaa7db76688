import type { EndNotices } from './notice.js'
import type { ClaimLimits } from './store-limits.js'
import type { StoredTask } from './task-store.js'

/** A task that no longer runs. */
export type EndedTask = Pick<StoredTask, 'taskId' | 'tenantId' | 'userId' | 'type' | 'awaited'>

export interface ReleaseOptions {
  /** The limits that hold tasks back. Default: none is held. */
  limits?: ClaimLimits | undefined
  /** For tasks that fail because the ended one did not complete. Default: none is told of. */
  notices?: EndNotices | undefined
}
