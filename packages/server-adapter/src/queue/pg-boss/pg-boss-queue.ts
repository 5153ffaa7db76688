import { assertOptions, type OptionRules, SOME, SOME_TIME, TEXT } from '@brandkit/core'
import { assertRuntime } from '../../assert-runtime.js'
import type { QueueBackend } from '../queue-backend.js'
import { createPgBossEngine, type PgBossEngine } from './pg-boss-engine.js'
import { openPgBoss } from './open-pg-boss.js'
import { PG_BOSS_CAPABILITIES } from './pg-boss-capabilities.js'

export interface PgBossQueueOptions {
  /** The schema of pg-boss's tables, in the store's database. Default `brandkit_queue`. */
  schema?: string | undefined
  /** Most connections of its own to Postgres, in addition to one that listens. Default 4. */
  maxConnections?: number | undefined
  /**
   * How often to look for messages that no notification announced, in milliseconds. Default 5,000, and 1,000 on PGlite and
   * while no notification arrives.
   */
  pollMs?: number | undefined
}

const RULES: OptionRules<PgBossQueueOptions> = { schema: TEXT, maxConnections: SOME, pollMs: SOME_TIME }

/**
 * Delivers through pg-boss in the store's own database: PGlite on a laptop, Postgres for many processes.
 *
 * `open` throws an Error when the store has no SQL database, or when pg-boss is not installed.
 */
export function pgBossQueue(options: PgBossQueueOptions = {}): QueueBackend {
  assertRuntime()
  assertOptions('pgBossQueue', options, RULES)
  const { schema = 'brandkit_queue', maxConnections = 4, pollMs } = options
  let engine: PgBossEngine | undefined

  function running(): PgBossEngine {
    if (!engine) throw new Error('pgBossQueue must be opened before it is used.')
    return engine
  }

  return {
    name: 'pg-boss',
    capabilities: PG_BOSS_CAPABILITIES,

    async open({ store, logger }) {
      const { database } = store
      if (!database) {
        throw new Error(
          'pgBossQueue needs a store on Postgres or PGlite: use postgresStore(…), or memoryQueue() with memoryStore().',
        )
      }
      const opened = await openPgBoss({ database, schema, maxConnections, logger })
      engine = createPgBossEngine({ opened, schema, pollMs, logger })
    },

    close: async () => engine?.close(),
    enqueue: async (deliveries) => running().enqueue(deliveries),
    withdraw: (taskId) => engine?.withdraw(taskId),
    consume: async (consumer) => running().consume(consumer),
    depth: async () => running().depth(),
  }
}
