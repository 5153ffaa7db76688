import type { BackgroundTask } from '@brandkit/core'

export const TASK_EVENT_KINDS = ['started', 'completed', 'failed', 'cancelled'] as const
export type TaskEventKind = (typeof TASK_EVENT_KINDS)[number]

/** Something that people may want to know. Derived from versions, so that each happens once a tab. */
export interface TaskEvent {
  kind: TaskEventKind
  task: BackgroundTask
  /** Whether this tab does what happens once for the user: it leads, or has created the task. */
  isLeader: boolean
}
