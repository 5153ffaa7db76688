/** How long completed tasks of one type took from their first start, in milliseconds. */
export interface DurationStats {
  /** How many they are: the latest 200 at most. */
  count: number
  medianMs: number
  p95Ms: number
}

/** `GET ?action=stats`: the tasks of the operator's tenant. */
export interface GetStatsResponse {
  queued: number
  /** Queued, and could be started now. */
  due: number
  processing: number
  completed: number
  failed: number
  cancelled: number
  /** Messages in the queue, of all tenants, where it can tell. */
  waitingMessages?: number
  /** Tasks that ended, a minute, over the last five. */
  endedPerMinute: number
  /** By type. */
  durations: Record<string, DurationStats>
}
