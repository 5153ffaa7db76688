import {
  type NoticeStats,
  type Throughput,
  THROUGHPUT_SPANS,
  type ThroughputSpan,
  type WorkerStats,
} from '@brandkit/core'

export interface StoreStats {
  queued: number
  /** The number of queued tasks that are due. */
  due: number
  processing: number
  completed: number
  failed: number
  cancelled: number
  /** Ended tasks per minute, averaged over the last five minutes. */
  endedPerMinute: number
  /** Absent when there are none. */
  notices?: NoticeStats
  /** The workers that passes of maintenance have told of, over all tenants. Absent when there are none. */
  workers?: WorkerStats
}

export interface ThroughputQuery {
  span: ThroughputSpan
  /** Default: all tenants. */
  tenantId?: string | undefined
}

/** A throughput without a task, whose last bucket holds the moment. */
export function emptyThroughput(span: ThroughputSpan, now: number): Throughput {
  const { buckets, bucketMs } = THROUGHPUT_SPANS[span]
  const none = () => Array.from({ length: buckets }, () => 0)
  const from = (Math.floor(now / bucketMs) - buckets + 1) * bucketMs
  return { from: new Date(from).toISOString(), bucketMs, completed: none(), failed: none(), cancelled: none() }
}

export interface OutlookInput {
  /** The types whose durations to return. */
  types: readonly string[]
  /** Default: all tenants. */
  tenantId?: string | undefined
  /** Most waiting tasks to return. */
  limit: number
}

export interface StoreOutlook {
  /** Queued and due tasks, in the probable order of their start: tasks that a limit holds back come last. */
  waiting: { taskId: string; type: string }[]
  processing: number
  /**
   * Durations by type, the latest first: how long the last 200 completed tasks took from their first start, in milliseconds.
   * One tenant may have fewer: a store need not search more than the last 2,000 tasks of the type.
   */
  durations: Readonly<Record<string, readonly number[]>>
}

/** How many durations of a type an estimate uses. */
export const LATEST_DURATIONS = 200
/** The number of minutes over which ended tasks are counted. */
export const THROUGHPUT_MINUTES = 5
