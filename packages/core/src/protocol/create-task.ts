import type { TaskJson } from '../background-task.js'
import type { NewPayload, TaskType } from '../register.js'
import type { TaskPriority } from '../task-priority.js'

/** What a caller hands over to create one task. */
export type CreateTask<T extends TaskType = TaskType> = T extends TaskType
  ? {
      type: T
      brandId: string
      payload: NewPayload<T>
      /** A request; the lowest of this, the principal's and the type's ceiling wins. Default `normal`. */
      priority?: TaskPriority | undefined
      /** A request, as above. Default: the type's. */
      maxRetries?: number | undefined
      /** Not to be started before; within the years 1 to 9999. Default: now. */
      runAt?: Date | string | undefined
    }
  : never

export interface CreateTaskResponse<T extends TaskType = TaskType> {
  task: TaskJson<T>
}

/** All or none of them were created. */
export interface CreateTasksResponse {
  batchId: string
  tasks: TaskJson[]
}
