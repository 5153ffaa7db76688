export interface StoreStats {
  queued: number
  /** Queued and due. */
  due: number
  processing: number
  completed: number
  failed: number
  cancelled: number
  /** Tasks that ended, a minute, over the last five. */
  endedPerMinute: number
}

export interface OutlookInput {
  /** The types whose durations are wanted. */
  types: readonly string[]
  /** Default: all tenants. */
  tenantId?: string | undefined
  /** Most waiting tasks to name. */
  limit: number
}

export interface StoreOutlook {
  /** Queued and due, in the order in which they will probably be started: what a limit holds back comes last. */
  waiting: { taskId: string; type: string }[]
  processing: number
  /**
   * Keyed by type, the latest first: how long the last 200 that completed took from their first start, in milliseconds. One
   * tenant may have fewer: a store need not look further back than the last 2,000 of the type.
   */
  durations: Readonly<Record<string, readonly number[]>>
}

/** How many durations of a type say how long the next one may take. */
export const LATEST_DURATIONS = 200
/** Over how many minutes ends are counted. */
export const THROUGHPUT_MINUTES = 5
