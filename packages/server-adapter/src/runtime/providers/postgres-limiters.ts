import type * as limiters from 'rate-limiter-flexible'
import type { SqlDatabase } from '../../store/sql-database.js'
import type { CreateProviderLimiter } from './provider-limits.js'

interface Query {
  text: string
  values: unknown[]
}

/** The part of a pool of node-postgres that is needed here. */
interface Pool {
  query(query: Query): Promise<unknown>
}

/** Old rows are deleted this often, in milliseconds. */
const CLEAR_EVERY_MS = 10 * 60 * 1_000

/** Counts in the table that the store's migrations have made. */
export async function loadPostgresLimiters(
  database: Extract<SqlDatabase, { kind: 'postgres' }>,
): Promise<CreateProviderLimiter> {
  // @ts-expect-error The package declares types for its index only.
  const loaded = (await import('rate-limiter-flexible/lib/RateLimiterPostgres.js')) as { default: unknown }
  const RateLimiterPostgres = loaded.default as typeof limiters.RateLimiterPostgres
  let clearedAt = -Infinity
  return (policy) => {
    const storeClient = {
      // Without the name that the library gives it: a pooler may keep no names. A failover replaces the pool.
      query({ text, values }: Query): Promise<unknown> {
        clearSometimes()
        return (database.pool as Pool).query({ text, values })
      },
    }
    const limiter = new RateLimiterPostgres({
      ...policy,
      storeClient,
      storeType: 'client',
      schemaName: 'brandkit',
      tableName: 'provider_budgets',
      tableCreated: true,
      // Its timer would outlive the server.
      clearExpiredByTimeout: false,
    })
    function clearSometimes(): void {
      const now = Date.now()
      if (now - clearedAt < CLEAR_EVERY_MS) return
      clearedAt = now
      void (limiter as unknown as { clearExpired: (before: number) => Promise<void> }).clearExpired(now)
    }
    return limiter
  }
}
