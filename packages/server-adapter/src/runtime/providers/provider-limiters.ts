import type { TaskLogger } from '@brandkit/core'
import type * as limiters from 'rate-limiter-flexible'
import type { TaskStore } from '../../store/task-store.js'
import type { CreateProviderLimiter } from './provider-limits.js'

interface LoadOptions {
  store: TaskStore
  logger: TaskLogger
}

/** Loads the limiters that suit the store. It must be open. */
export async function loadProviderLimiters({ store, logger }: LoadOptions): Promise<CreateProviderLimiter> {
  if (!store.capabilities.shared) return loadMemoryLimiters()
  const { database } = store
  if (database?.kind === 'postgres') {
    // A module of its own, which the fake task server does not bring into a page.
    const { loadPostgresLimiters } = await import('./postgres-limiters.js')
    return loadPostgresLimiters(database)
  }
  logger.warn(
    'Provider budgets are counted in this process only, so that several workers ask for more than they may. Give limits.providerLimiter.',
  )
  return loadMemoryLimiters()
}

export async function loadMemoryLimiters(): Promise<CreateProviderLimiter> {
  // The package's index would load Node.js modules for its other limiters.
  // @ts-expect-error The package declares types for its index only.
  const loaded = (await import('rate-limiter-flexible/lib/RateLimiterMemory.js')) as { default: unknown }
  const RateLimiterMemory = loaded.default as typeof limiters.RateLimiterMemory
  return (policy) => new RateLimiterMemory(policy)
}
