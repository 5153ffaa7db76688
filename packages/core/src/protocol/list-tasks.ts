import type { TaskJson } from '../background-task.js'
import type { TaskType } from '../register.js'
import type { TaskStatus } from '../task-status.js'

export interface TaskFilter {
  brandId?: string | undefined
  type?: TaskType | undefined
  /** Any of these. Default: all. */
  status?: TaskStatus | readonly TaskStatus[] | undefined
  batchId?: string | undefined
  /** Only tasks that ended after this moment. */
  endedAfter?: Date | string | undefined
  /** From the previous page's `nextCursor`. */
  cursor?: string | undefined
  /** 1 to 100. Default 50. */
  limit?: number | undefined
}

/** Newest first, without payloads. */
export interface ListTasksResponse {
  tasks: TaskJson[]
  /** `null` on the last page. */
  nextCursor: string | null
}
