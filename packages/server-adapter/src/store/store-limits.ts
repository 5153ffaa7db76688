/**
 * How many tasks may wait or run. Exact within a process; of several that create at once, each may use all remaining room.
 */
export interface CreateLimits {
  /** Most tasks of one owner that are queued or running. */
  activePerUser?: number | undefined
  /** Most queued tasks of all owners together. */
  queued?: number | undefined
}

/** How many tasks may run at once, over all workers. Exact, also across processes. */
export interface ClaimLimits {
  /** Most running tasks of one owner. */
  perUser?: number | undefined
  /** Most running tasks of each type. Other types are unlimited. */
  perType?: Readonly<Record<string, number>> | undefined
}
