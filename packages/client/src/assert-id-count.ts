import { LIMITS, TaskError } from '@brandkit/core'

/** @throws TaskError `invalid_request` when one request cannot name so many ids. */
export function assertIdCount({ length }: readonly string[]): void {
  const most = LIMITS.tasksPerRequest
  if (length <= most) return
  throw new TaskError('invalid_request', `${length} ids are too many for one request. Name ${most} at a time.`, {
    status: 0,
  })
}
