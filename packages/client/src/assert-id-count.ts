import { LIMITS, TaskError } from '@brandkit/core'

/** @throws TaskError `invalid_request` when one request cannot name so many ids. */
export function assertIdCount(count: number): void {
  const most = LIMITS.tasksPerRequest
  if (count <= most) return
  throw new TaskError('invalid_request', `${count} ids are too many for one request. Name ${most} at a time.`, {
    status: 0,
  })
}
