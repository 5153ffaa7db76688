import type { GetStatsResponse, TaskCatalog } from '@brandkit/core'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { TaskStore } from '../../store/task-store.js'
import type { UsageReader } from '../spending/usage-reader.js'
import { toDurationStats } from './duration-stats.js'

/** Reads counts, durations and usage, of one tenant or of all. */
export type ReadStats = (tenantId?: string) => Promise<GetStatsResponse>

export function createReadStats({
  catalog,
  store,
  queue,
  usage,
  hasTargets,
}: {
  catalog: TaskCatalog
  store: TaskStore
  queue: QueueBackend
  usage: Pick<UsageReader, 'stats'>
  /** Whether the server notifies targets. */
  hasTargets: boolean
}): ReadStats {
  const types = Object.keys(catalog)
  return async (tenantId) => {
    const [counts, { durations }, spent, waitingMessages] = await Promise.all([
      store.stats(tenantId),
      store.outlook({ types, tenantId, limit: 0 }),
      usage.stats(tenantId),
      // The depth is left out if the queue cannot tell it.
      queue.depth?.().catch(() => undefined),
    ])
    return {
      ...(hasTargets && { notices: { waiting: 0, dead: 0, latestDead: [] } }),
      ...counts,
      ...(waitingMessages !== undefined && { waitingMessages }),
      durations: Object.fromEntries(Object.entries(durations).map(([type, all]) => [type, toDurationStats(all)])),
      ...(spent && { usage: spent }),
    }
  }
}
