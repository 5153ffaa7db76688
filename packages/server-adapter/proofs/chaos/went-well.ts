import type { FinalTask } from './check-promises.ts'

/** A task that went well, for the tests of the checkers. */
export const wentWell: FinalTask = {
  taskId: 't',
  status: 'completed',
  attempt: 1,
  maxRetries: 1,
  version: 5,
  digest: 'd',
  errorCode: null,
  lastError: null,
  resultRun: 'r1',
  only: null,
  from: 1,
  until: 2,
}
