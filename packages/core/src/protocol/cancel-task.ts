import type { TaskJson } from '../background-task.js'
import type { TaskType } from '../register.js'

export interface CancelTaskRequest {
  taskId: string
}

export interface CancelTaskResponse<T extends TaskType = TaskType> {
  task: TaskJson<T>
}
