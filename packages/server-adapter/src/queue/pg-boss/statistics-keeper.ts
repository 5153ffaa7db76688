import type { TaskLogger } from '@brandkit/core'
import type { PgBoss } from 'pg-boss'

/** A fetch through the index takes about a millisecond; one that sorts the backlog takes this and more. */
const SLOW_FETCH_MS = 50
const MIN_INTERVAL_MS = 10_000

export interface StatisticsKeeperOptions {
  boss: PgBoss
  schema: string
  logger: TaskLogger
}

export interface StatisticsKeeper {
  /** Tells how long a fetch took, so that a slow one can be answered. Nobody waits for the answer. */
  fetched(tookMs: number): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/**
 * After a hundredfold growth the planner still believes in a small table and sorts the whole backlog at every fetch
 * (measured: 54 messages a second instead of 14,500), until something analyses it. Postgres does so by itself within
 * a minute or two, PGlite never; nor does PGlite ever clear dead rows away. So a slow fetch asks for both.
 */
export function createStatisticsKeeper({ boss, schema, logger }: StatisticsKeeperOptions): StatisticsKeeper {
  let lastAt = -Infinity
  let underWay = Promise.resolve()

  async function refresh() {
    try {
      // SKIP_LOCKED: another process may be at it already.
      await boss.getDb().executeSql(`vacuum (analyze, skip_locked) ${schema}.job`)
    } catch (error) {
      logger.debug('The queue could not be analysed; autovacuum will do it', { error: String(error) })
    }
  }

  return {
    fetched(tookMs) {
      const now = performance.now()
      if (tookMs < SLOW_FETCH_MS || now - lastAt < MIN_INTERVAL_MS) return

      lastAt = now
      underWay = refresh()
    },
    idle: () => underWay,
  }
}
