import type { TaskJson } from '../background-task.js'
import type { TaskType } from '../register.js'

/** Does the work of a failed or cancelled task again, as a new task with `retryOf`. */
export interface RetryTaskRequest {
  taskId: string
}

/** The new task; asking twice gives the same one. */
export interface RetryTaskResponse<T extends TaskType = TaskType> {
  task: TaskJson<T>
}
