export const TASK_STEP_STATUSES = ['pending', 'running', 'completed', 'failed'] as const
export type TaskStepStatus = (typeof TASK_STEP_STATUSES)[number]

/** One named piece of a task's work, as people see it. `D` is how dates appear: ISO strings on the wire. */
export interface TaskStep<D = Date> {
  /** The catalog's key; labels translate it. */
  key: string
  title: string
  status: TaskStepStatus
  startedAt?: D
  completedAt?: D
}
