import type { GetStatsResponse, TaskCatalog, ThroughputSpan } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { TaskStore } from '../../store/task-store.js'
import type { UsageReader } from '../spending/usage-reader.js'
import { toDurationStats } from './duration-stats.js'
import { createThroughputReader } from './throughput-reader.js'

/** Reads counts, durations and usage, of one tenant or of all, and the throughput over a span. */
export type ReadStats = (asked: {
  tenantId?: string | undefined
  span?: ThroughputSpan | undefined
}) => Promise<GetStatsResponse>

export function createReadStats({
  catalog,
  store,
  queue,
  usage,
  clock,
  hasTargets,
}: {
  catalog: TaskCatalog
  store: TaskStore
  queue: QueueBackend
  usage: Pick<UsageReader, 'stats'>
  clock: Clock
  /** Whether the server notifies targets. */
  hasTargets: boolean
}): ReadStats {
  const types = Object.keys(catalog)
  const readThroughput = createThroughputReader({ store, clock })
  return async ({ tenantId, span }) => {
    const [counts, { durations }, spent, waitingMessages, throughput] = await Promise.all([
      store.stats(tenantId),
      store.outlook({ types, tenantId, limit: 0 }),
      usage.stats(tenantId),
      // The depth is left out if the queue cannot tell it.
      queue.depth?.().catch(() => undefined),
      span && readThroughput({ span, tenantId }),
    ])
    return {
      ...(hasTargets && { notices: { waiting: 0, dead: 0, latestDead: [] } }),
      ...counts,
      ...(waitingMessages !== undefined && { waitingMessages }),
      durations: Object.fromEntries(Object.entries(durations).map(([type, all]) => [type, toDurationStats(all)])),
      ...(throughput && { throughput }),
      ...(spent && { usage: spent }),
    }
  }
}
