import type { TaskJson } from '../background-task.js'
import type { TaskType } from '../register.js'

export type CancelTaskRequest = { taskId: string } | { taskIds: readonly string[] } | { batchId: string }

/** Of one task. 409 `task_is_over` when it has ended otherwise. */
export interface CancelTaskResponse<T extends TaskType = TaskType> {
  task: TaskJson<T>
}

/** `cancelled`: it is now, or was before. `over`: it has ended otherwise. `missing`: unknown, or somebody else's. */
export const CANCEL_OUTCOMES = ['cancelled', 'over', 'missing'] as const
export type CancelOutcome = (typeof CANCEL_OUTCOMES)[number]

/** Of several tasks or a batch: each has an outcome of its own, in the order asked for. */
export interface CancelTasksResponse {
  outcomes: { taskId: string; outcome: CancelOutcome }[]
}
