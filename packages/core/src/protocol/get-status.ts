import type { TaskJson } from '../background-task.js'
import type { TaskType } from '../register.js'

/** What the server guesses beside the facts. Hints change without a new version; the latest reply wins. */
export interface TaskHints {
  /** How many tasks are ahead, at most 1000. */
  position?: number
  /** ISO 8601. */
  estimatedCompletion?: string
}

interface StatusReply {
  /** When asking again makes sense, in milliseconds; absent when everything asked for is over. */
  pollAfterMs?: number
  hints?: Record<string, TaskHints>
}

/** `GET ?action=status&taskId=…` */
export interface GetStatusResponse<T extends TaskType = TaskType> extends StatusReply {
  task: TaskJson<T>
}

/** `GET ?action=status&taskIds=a,b,…`. `missing` ids are unknown, or somebody else's. */
export interface GetStatusesResponse extends StatusReply {
  tasks: TaskJson[]
  missing: string[]
}
