import { isTerminal, type TaskStatus, type TerminalStatus } from './task-status.js'

/** The state of a task as people see it, finer than the status. `throttled`: it waits for a provider. */
export type TaskPhase =
  | 'scheduled'
  | 'waiting'
  | 'waiting-for-task'
  | 'retrying'
  | 'throttled'
  | 'running'
  | TerminalStatus

/** The fields that a task's phase depends on, in either form (wire or app). */
export interface PhaseSource {
  status: TaskStatus
  runAt: Date | string
  startedAt?: Date | string | undefined
  waitingFor?: { until: Date | string } | undefined
  waitsFor?: readonly unknown[] | undefined
}

/**
 * The phase at a moment. Pure, so that stories and tests can freeze time.
 *
 * @param now milliseconds since the epoch
 */
export function phaseOf(task: PhaseSource, now: number): TaskPhase {
  if (isTerminal(task.status)) return task.status
  // Also while it runs: the generator does nothing until then.
  if (task.waitingFor !== undefined && new Date(task.waitingFor.until).getTime() > now) return 'throttled'
  if (task.status === 'processing') return 'running'
  // `startedAt` belongs to the first attempt, so a queued task with a `startedAt` waits for another attempt.
  if (task.startedAt !== undefined) return 'retrying'
  if (task.waitsFor !== undefined) return 'waiting-for-task'
  return new Date(task.runAt).getTime() > now ? 'scheduled' : 'waiting'
}
