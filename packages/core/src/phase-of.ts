import { isTerminal, type TaskStatus, type TerminalStatus } from './task-status.js'

/** What people are told, which is finer than the status. */
export type TaskPhase = 'scheduled' | 'waiting' | 'retrying' | 'running' | TerminalStatus

/** The part of a task that its phase depends on, in either form (wire or app). */
export interface PhaseSource {
  status: TaskStatus
  runAt: Date | string
  startedAt?: Date | string | undefined
}

/**
 * The phase at a moment. Pure, so that stories and tests can freeze time.
 *
 * @param now milliseconds since the epoch
 */
export function phaseOf(task: PhaseSource, now: number): TaskPhase {
  if (isTerminal(task.status)) return task.status
  if (task.status === 'processing') return 'running'
  // `startedAt` is the first attempt's, so a queued task that has it is on its way to another attempt.
  if (task.startedAt !== undefined) return 'retrying'
  return new Date(task.runAt).getTime() > now ? 'scheduled' : 'waiting'
}
