export const TASK_STATUSES = ['queued', 'processing', 'completed', 'failed', 'cancelled'] as const
export type TaskStatus = (typeof TASK_STATUSES)[number]

/** The whole state machine. A move that is not in this table cannot happen. */
export const TRANSITIONS = {
  queued: ['processing', 'failed', 'cancelled'],
  processing: ['queued', 'completed', 'failed', 'cancelled'], // back to `queued` is a retry or a release
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<TaskStatus, readonly TaskStatus[]>

/** The statuses that a task never leaves. */
export type TerminalStatus = 'completed' | 'failed' | 'cancelled'

/** Whether a task in this status has ended. */
export function isTerminal(status: TaskStatus): status is TerminalStatus {
  return TRANSITIONS[status].length === 0
}

/** Whether the state machine has an arrow from one status to another. */
export function canMove(from: TaskStatus, to: TaskStatus): boolean {
  const reachable: readonly TaskStatus[] = TRANSITIONS[from]
  return reachable.includes(to)
}
