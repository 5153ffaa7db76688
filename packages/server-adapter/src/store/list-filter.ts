import type { TaskStatus } from '@brandkit/core'

/** Which tasks `TaskStore.list` lists: those that meet every condition. */
export interface ListFilter {
  brandId?: string | undefined
  userId?: string | undefined
  type?: string | undefined
  status?: readonly TaskStatus[] | undefined
  batchId?: string | undefined
  /** ISO 8601. */
  endedAfter?: string | undefined
  /** ISO 8601. */
  createdAfter?: string | undefined
  /** ISO 8601. */
  createdBefore?: string | undefined
  /** Only tasks that have all of these tags. */
  tags?: readonly string[] | undefined
  /** Only tasks that `isFound` of core finds. */
  search?: string | undefined
  /** Opaque, from a previous page. A malformed cursor throws TaskError `invalid_request`. */
  cursor?: string | undefined
  limit: number
}

const LOOKS_PER_TASK = 100

/**
 * Most tasks that one page looks at. A search that finds little would otherwise read every task of a tenant in one statement;
 * so its page ends early, and the next one goes on.
 */
export function mostLooksOf({ search, tags, limit }: ListFilter): number {
  return search === undefined && tags === undefined ? Infinity : limit * LOOKS_PER_TASK
}
