import { describeError, type TaskLogger } from '@brandkit/core'
import type { ConstructorOptions, PgBoss } from 'pg-boss'
import { importPeer } from '../../import-peer.js'
import { LONGEST_STATEMENT_MS } from '../../patience.js'
import { adoptPackedTables } from './packed-tables.js'
import { FREQUENT, type SqlConnections, type SqlDatabase } from '../../store/sql-database.js'

/** The one queue that all task types share. */
export const QUEUE_NAME = 'tasks'

export interface OpenPgBossOptions {
  database: SqlDatabase
  schema: string
  /** Most connections to Postgres, in addition to one that listens. */
  maxConnections: number
  /** Longest time of a statement, in milliseconds. Default `LONGEST_STATEMENT_MS`. */
  longestMs?: number
  logger: TaskLogger
}

export interface OpenPgBoss {
  boss: PgBoss
  /** Null for a database that only one process uses. */
  listen: SqlConnections['listen'] | null
  close(): Promise<void>
}

/**
 * Starts pg-boss on the store's database without its unused features: cron, retries, statistics, registry. On Postgres it
 * uses a pool of ours, since its own pool stays with a server that has become a standby.
 */
export async function openPgBoss({
  database,
  schema,
  maxConnections,
  longestMs = LONGEST_STATEMENT_MS,
  logger,
}: OpenPgBossOptions): Promise<OpenPgBoss> {
  const { fromPglite, getConstructionPlans, PgBoss } = await importPeer('pg-boss', {
    neededBy: 'pgBossQueue',
    load: () => import('pg-boss'),
  })
  const connections =
    database.kind === 'postgres'
      ? await database.dial({ applicationName: 'brandkit queue', max: maxConnections, longestMs })
      : null
  const boss = new PgBoss({
    ...(database.kind === 'pglite' && {
      db: fromPglite(database.pglite as Parameters<typeof fromPglite>[0]),
      backend: 'pglite',
    }),
    ...(connections && {
      db: { executeSql: (text: string, values?: unknown[]) => connections.query(named(text), values) },
    }),
    ...CHEAP_MAINTENANCE,
    schema,
  })
  // Without a listener, an 'error' event would end the process; pg-boss itself continues after each of them.
  boss.on('error', (error) => logger.warn('pg-boss reports an error', { error: describeError(error) }))
  boss.on('warning', ({ message }) => logger.debug('pg-boss reports a warning', { warning: message }))

  async function close() {
    await boss.stop({ graceful: false })
    await connections?.end()
  }

  try {
    if (database.kind === 'pglite') {
      const db = boss.getDb()
      await adoptPackedTables({
        query: (text, parameters) => db.executeSql(text, parameters),
        schema,
        plans: getConstructionPlans(schema),
      })
    }
    await boss.start()
    await prepareQueue(boss, { database, schema })
    return { boss, listen: connections?.listen ?? null, close }
  } catch (error) {
    // `open` may be called again, so everything that this attempt has started must end.
    await close().catch(() => {})
    throw error
  }
}

/**
 * The insert and the delete by id are frequent. The fetch is not: its plan for an empty queue, if kept, would read the whole
 * backlog (128 instead of 4 ms at 50,000 messages).
 */
function named(text: string): string {
  return /^\s*(?:INSERT INTO|WITH results as \(\s*DELETE FROM) \S+\.job/.test(text) ? FREQUENT + text : text
}

async function prepareQueue(boss: PgBoss, { database, schema }: Pick<OpenPgBossOptions, 'database' | 'schema'>) {
  await boss.createQueue(QUEUE_NAME, {
    // The app owns retries; retries by the engine would multiply them.
    retryLimit: 0,
    // A taken message of a dead process counts as failed after this time and is then deleted: the alarm of its task rings.
    // Acknowledged messages are deleted at once, so the table stays small.
    expireInSeconds: 300,
    deleteAfterSeconds: 60,
    // A message that no worker has fetched for a day is deleted; the alarm makes a new one.
    retentionSeconds: 86_400,
  })
  // PGlite has no autovacuum, so rows that were deleted since the last start would stay for ever.
  if (database.kind === 'pglite') await boss.getDb().executeSql(`vacuum (analyze) ${schema}.job`)
}

const CHEAP_MAINTENANCE = {
  schedule: false,
  registerInstance: false,
  monitorVacuum: false,
  superviseIntervalSeconds: 300,
  monitorIntervalSeconds: 300,
  maintenanceIntervalSeconds: 600,
  queueCacheIntervalSeconds: 300,
  flowIntervalSeconds: 3_600,
  openTelemetry: { enabled: false },
} as const satisfies ConstructorOptions
