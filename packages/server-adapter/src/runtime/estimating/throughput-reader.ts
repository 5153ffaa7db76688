import { type Throughput, THROUGHPUT_SPANS } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { TaskStore } from '../../store/task-store.js'
import type { ThroughputQuery } from '../../store/store-outlook.js'

/** The longest time for which a throughput is shared, in milliseconds. */
const MOST_SHARED_MS = 15_000
/** A chart of an hour may lag behind by this part of a bucket. */
const SHARED_PART = 0.1

export type ReadThroughput = (query: ThroughputQuery) => Promise<Throughput>

/**
 * Reads throughputs, and shares each for some seconds: a store counts a week of a tenant once, however many operators watch
 * it.
 */
export function createThroughputReader({
  store,
  clock,
}: {
  store: Pick<TaskStore, 'throughput'>
  clock: Pick<Clock, 'uptime'>
}): ReadThroughput {
  const shared = new Map<string, { throughput: Promise<Throughput>; until: number }>()

  return ({ span, tenantId }) => {
    const now = clock.uptime()
    for (const [key, { until }] of shared) if (until <= now) shared.delete(key)

    const key = JSON.stringify([span, tenantId])
    const known = shared.get(key)
    if (known) return known.throughput

    const throughput = store.throughput({ span, tenantId })
    shared.set(key, {
      throughput,
      until: now + Math.min(MOST_SHARED_MS, THROUGHPUT_SPANS[span].bucketMs * SHARED_PART),
    })
    // A failure is not shared. The caller hears of it.
    throughput.catch(() => shared.delete(key))
    return throughput
  }
}
