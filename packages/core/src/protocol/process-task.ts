/** What a push queue delivers: look at this task, or do a round of maintenance. */
export type ProcessTaskRequest = { taskId: string } | { tick: true }

/**
 * What became of a delivery: `done` the attempt was run to a recorded outcome, `early` the task is not due,
 * `busy` another worker has it, `held` a limit keeps it back until another ends, `over` nothing is left to do, `ticked` maintenance ran.
 */
export const PROCESS_OUTCOMES = ['done', 'early', 'busy', 'held', 'over', 'ticked'] as const
export type ProcessOutcome = (typeof PROCESS_OUTCOMES)[number]

export interface ProcessTaskResponse {
  outcome: ProcessOutcome
}
