import type { BackgroundTask } from '@brandkit/core'

export const TASK_EVENT_KINDS = ['started', 'completed', 'failed', 'cancelled'] as const
export type TaskEventKind = (typeof TASK_EVENT_KINDS)[number]

/** An event that users may want to know. Events come from versions, so each tab emits each event once. */
export interface TaskEvent {
  kind: TaskEventKind
  task: BackgroundTask
  /** Whether this tab does what must happen once per user: it leads, or has created the task. */
  isLeader: boolean
  /** Whether the task belongs to the signed-in user. With `authorize`, colleagues' tasks may be visible, too. */
  isOwn: boolean
}
