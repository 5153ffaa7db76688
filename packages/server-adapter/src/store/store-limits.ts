/** How much may wait or run. Exact within a process; of several that create at once, each may use up what was left. */
export interface CreateLimits {
  /** Most tasks of one owner that are queued or running. */
  activePerUser?: number | undefined
  /** Most queued tasks of all owners together. */
  queued?: number | undefined
}

/** How much may run at once, over all workers. Held to exactly, also by several processes. */
export interface ClaimLimits {
  /** Most running tasks of one owner. */
  perUser?: number | undefined
  /** Most running tasks of a type, where it has a limit. */
  perType?: Readonly<Record<string, number>> | undefined
}
