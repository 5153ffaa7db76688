import { setTimeout as wait } from 'node:timers/promises'
import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { hasIndexes, indexStatements, inMigration, migrateIndexes } from './migrate-indexes.js'
import { MIGRATIONS, type Migration } from './migrations.js'
import { executeOn, type Database } from './statement.js'
import { sqlStateOf } from './to-store-error.js'

/** An arbitrary lock number: "bran" in ASCII, so that it can be recognised in `pg_locks`. */
const LOCK = 0x62_72_61_6e

type Applied = Pick<Migration, 'number' | 'name'>

interface MigrateOptions {
  /** Whether other processes may use the database meanwhile. */
  shared: boolean
}

/**
 * Brings the schema `brandkit` up to date. Several processes may do so at once: one works, the others wait for it. Processes
 * that use the tables can write all the time.
 *
 * @returns a warning when the database is newer than this code; see `warningOfNewer`
 */
export async function migrate(database: Database, { shared }: MigrateOptions): Promise<string | undefined> {
  const before = await readApplied(database)
  const warning = warningOfNewer(before)
  if (missingIn(before).length === 0) return warning
  const isUsed = shared && before.length > 0
  for (const migration of isUsed ? missingIn(before).filter(hasIndexes) : []) {
    // Its indexes may need what the migrations before it make.
    if (migration !== missingIn(before)[0]) await applyMissing(database, { upTo: migration.number - 1 })
    await migrateIndexes(database, migration, async () => missingIn(await readApplied(database)).includes(migration))
  }
  await applyMissing(database)
  return warning
}

/** Applies the missing migrations in one transaction. */
async function applyMissing(database: Database, { upTo = Infinity } = {}): Promise<void> {
  await repeatImpatient(() =>
    inMigration(database, async (transaction) => {
      // Whatever waits for a lock on a table holds up everybody who comes after it.
      await run(transaction, sql.raw(`set local lock_timeout = ${LONGEST_LOCK_MS}`))
      await run(transaction, sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`)
      await run(transaction, sql`create schema if not exists brandkit`)
      await run(
        transaction,
        sql`create table if not exists brandkit.migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())`,
      )
      // The list is read again under the lock: another process may have migrated meanwhile.
      for (const migration of missingIn(await readApplied(transaction))) {
        const { number, name, statements } = migration
        if (number > upTo) return
        for (const text of [...indexStatements(migration), ...statements]) await run(transaction, sql.raw(text))
        await run(transaction, sql`insert into brandkit.migrations (number, name) values (${number}, ${name})`)
      }
    }),
  )
}

/** Longest wait for a lock, in milliseconds. */
const LONGEST_LOCK_MS = 2_000
/** A transaction of an app may hold a table for minutes. */
const MOST_ATTEMPTS = 100

/** Sends a transaction again that waited too long for a lock. */
async function repeatImpatient(send: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send()
    } catch (error) {
      if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE || attempt >= MOST_ATTEMPTS) throw error
    }
    await wait(PAUSE_MS)
  }
}

const LOCK_NOT_AVAILABLE = '55P03'
/** In which statements that waited behind the last attempt run. */
const PAUSE_MS = 500

/**
 * @returns a warning when the database is newer than this code; see `warningOfNewer`
 * @throws TaskError `store_unavailable` with one sentence when a migration has not been applied
 */
export async function assertMigrated(database: Database): Promise<string | undefined> {
  const applied = await readApplied(database)
  const warning = warningOfNewer(applied)
  const numbers = missingIn(applied).map(({ number }) => number)
  if (numbers.length === 0) return warning
  throw new TaskError(
    'store_unavailable',
    `The database lacks migration ${numbers.join(', ')} of the schema "brandkit": open the store once with { migrate: 'auto' } when you deploy, for production does not migrate by itself.`,
    { retryable: false },
  )
}

/**
 * Old code meets a newer database during a rollout and after a rollback. Migrations keep the previous release working (new
 * columns have defaults), so this is only a warning at start. If the previous release cannot work with a migration, the
 * migration's name ends with an exclamation mark, and old code refuses to start.
 *
 * @throws TaskError `store_unavailable` with one sentence for such a migration
 */
function warningOfNewer(applied: readonly Applied[]): string | undefined {
  const latest = Math.max(...MIGRATIONS.map(({ number }) => number))
  const newer = applied.filter(({ number }) => number > latest)
  const breaking = newer.filter(({ name }) => name.endsWith('!'))
  if (breaking.length > 0) {
    throw new TaskError(
      'store_unavailable',
      `The database has migration ${listOf(breaking)} of the schema "brandkit", which this code (up to ${latest}) cannot work with: deploy the release that made it, or a later one.`,
      { retryable: false },
    )
  }
  if (newer.length === 0) return undefined
  return `The database is newer than this code: it has migration ${listOf(newer)} of the schema "brandkit", and this code knows up to ${latest}; that is as it should be during a deploy or after a rollback, else update @brandkit/server-adapter.`
}

function listOf(migrations: readonly Applied[]): string {
  return migrations.map(({ number, name }) => `${number} (${name})`).join(', ')
}

function missingIn(applied: readonly Applied[]): Migration[] {
  return MIGRATIONS.filter(({ number }) => !applied.some((row) => row.number === number))
}

async function readApplied(database: Database): Promise<Applied[]> {
  const [table] = await executeOn(database)(
    sql<{ exists: boolean }>`select to_regclass('brandkit.migrations') is not null as exists`,
  )
  if (!table?.exists) return []
  return executeOn(database)(sql<Applied>`select number, name from brandkit.migrations order by number`)
}

async function run(database: Database, statement: RawBuilder<unknown>): Promise<void> {
  await executeOn(database)(statement)
}
