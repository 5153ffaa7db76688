import { setTimeout as wait } from 'node:timers/promises'
import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { inMigration, migrateIndexes } from './migrate-indexes.js'
import { OPENING, planMigrations, statementsOf } from './plan-migrations.js'
import { missingIn, readApplied, warningOfNewer } from './schema-state.js'
import { executeOn, type Database } from './statement.js'
import { sqlStateOf } from './to-store-error.js'

interface MigrateOptions {
  /** Whether other processes may use the database meanwhile. */
  shared: boolean
  /** The last migration to apply. Default: the newest. */
  upTo?: number | undefined
}

/**
 * Brings the schema `brandkit` up to date. Several processes may do so at once: one works, the others wait for it. Processes
 * that use the tables can write all the time.
 *
 * @returns a warning when the database is newer than this code; see `warningOfNewer`
 */
export async function migrate(
  database: Database,
  { shared, upTo = Infinity }: MigrateOptions,
): Promise<string | undefined> {
  const before = await readApplied(database)
  const warning = warningOfNewer(before)
  const isUsed = shared && before.length > 0
  for (const step of planMigrations(missingIn(before, { upTo }), { isUsed })) {
    if (step.kind === 'indexes') {
      const { migration } = step
      await migrateIndexes(database, migration, async () => missingIn(await readApplied(database)).includes(migration))
    } else {
      await applyMissing(database, { upTo: step.migrations.at(-1)?.number ?? 0 })
    }
  }
  return warning
}

/** Applies the missing migrations in one transaction. */
async function applyMissing(database: Database, { upTo }: { upTo: number }): Promise<void> {
  await repeatImpatient(() =>
    inMigration(database, async (transaction) => {
      for (const text of OPENING) await run(transaction, sql.raw(text))
      // The list is read again under the lock: another process may have migrated meanwhile.
      for (const migration of missingIn(await readApplied(transaction), { upTo })) {
        for (const text of statementsOf(migration)) await run(transaction, sql.raw(text))
      }
    }),
  )
}

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
    `The database lacks migration ${numbers.join(', ')} of the schema "brandkit": run npx @brandkit/server-adapter migrate when you deploy, for production does not migrate by itself.`,
    { retryable: false },
  )
}

async function run(database: Database, statement: RawBuilder<unknown>): Promise<void> {
  await executeOn(database)(statement)
}
