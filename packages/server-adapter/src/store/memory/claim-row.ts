import { leaseEnd } from '../lease.js'
import { type MemoryRow, move } from './memory-row.js'

export interface Claiming {
  now: number
  leaseMs: number
}

/** Gives the row to a worker for one attempt. */
export function claimRow(row: MemoryRow, given: Claiming): void {
  move(row, 'processing')
  row.attempt += 1
  row.epoch += 1
  row.startedAt ??= given.now
  row.attemptStartedAt = given.now
  row.leaseExpiresAt = leaseEndOf(row, given)
}

export function leaseEndOf({ attemptStartedAt = 0, deadlineAt, input }: MemoryRow, given: Claiming): number {
  return leaseEnd({ ...given, startedAt: attemptStartedAt, timeoutMs: input.timeoutMs, deadlineAt })
}
