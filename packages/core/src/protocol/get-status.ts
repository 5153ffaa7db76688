import type { TaskJson } from '../background-task.js'
import type { TaskType } from '../register.js'
import type { TaskBatch } from '../task-batch.js'

/** What the server guesses beside the facts. Hints change without a new version; the latest reply wins. */
export interface TaskHints {
  /** The place in the queue, 1 for the next to be started. Approximate, and at most 1000, which means "or later". */
  position?: number
  /** ISO 8601. */
  estimatedCompletion?: string
}

interface StatusReply {
  /** When asking again makes sense, in milliseconds; absent when everything asked for is over. */
  pollAfterMs?: number
  /** By task id; of tasks that are under way. */
  hints?: Record<string, TaskHints>
}

/** `GET ?action=status&taskId=…` */
export interface GetStatusResponse<T extends TaskType = TaskType> extends StatusReply {
  task: TaskJson<T>
}

/** `GET ?action=status&taskIds=a,b,…`. `missing` ids are unknown, somebody else's, or emptied. Without payloads. */
export interface GetStatusesResponse extends StatusReply {
  tasks: TaskJson[]
  missing: string[]
}

/** `GET ?action=status&batchId=…`. Tasks whose content was removed no longer count. */
export interface GetBatchResponse extends StatusReply {
  batch: TaskBatch
}
