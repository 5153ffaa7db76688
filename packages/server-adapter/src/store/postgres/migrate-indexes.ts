import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Migration } from './migrations.js'
import { executeOn, type Database } from './statement.js'

/** An arbitrary lock number: "indx" in ASCII. Another one than that of `migrate`, which releases before this one know. */
const LOCK = 0x69_6e_64_78
const PAUSE_MS = 100

export function hasIndexes({ builds, buildsUnique, drops }: Migration): boolean {
  return builds !== undefined || buildsUnique !== undefined || drops !== undefined
}

/**
 * Builds and drops the indexes of a migration in a database that other processes use: without a transaction around it, a
 * statement of `concurrently` lets them write. What was interrupted is begun again.
 *
 * One process does it, and the others ask again and again. If they waited in a statement, Postgres would wait for that
 * statement, too, and find a deadlock. The lock lives in a transaction of its own connection, because a pooler in transaction
 * mode would leave the lock of a session behind.
 *
 * @param database has at least two connections
 * @param isMissing whether no process has applied the migration yet
 */
export async function migrateIndexes(
  database: Database,
  migration: Migration,
  isMissing: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    const isOurs = await inMigration(database, async (transaction) => {
      const [row] = await executeOn(transaction)(
        sql<{ ours: boolean }>`select pg_try_advisory_xact_lock(${sql.lit(LOCK)}) as ours`,
      )
      if (row?.ours && (await isMissing())) await migrateIndexesOf(database, migration)
      return row?.ours
    })
    if (isOurs) return
    await wait(PAUSE_MS)
  }
}

/**
 * A transaction of a migration, under any settings of the role, which stay behind a pooler. With one snapshot for all of its
 * statements it would not see what others did while it waited for a lock, and a build of indexes would wait for its end for
 * ever. A transaction that holds our lock meanwhile is idle, and Postgres must not end it.
 */
export function inMigration<T>(database: Database, work: (transaction: Database) => Promise<T>): Promise<T> {
  return database
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      await executeOn(transaction)(sql`set local idle_in_transaction_session_timeout = 0`)
      return work(transaction)
    })
}

async function migrateIndexesOf(database: Database, migration: Migration): Promise<void> {
  for (const { name, kind, definition } of newIndexes(migration)) {
    const state = await stateOf(database, name)
    if (state === 'valid') continue
    // A build that was interrupted leaves an index that is written and never read.
    if (state === 'invalid') await drop(database, name)
    await executeOn(database)(sql.raw(buildOf({ name, kind, definition })))
  }
  for (const name of migration.drops ?? []) await drop(database, name)
}

function newIndexes({ builds = {}, buildsUnique = {} }: Migration) {
  return [
    ...Object.entries(builds).map(([name, definition]) => ({ name, kind: 'index', definition })),
    ...Object.entries(buildsUnique).map(([name, definition]) => ({ name, kind: 'unique index', definition })),
  ]
}

async function stateOf(database: Database, name: string): Promise<'valid' | 'invalid' | 'missing'> {
  const [row] = await executeOn(database)(
    sql<{
      valid: boolean
    }>`select indisvalid as valid from pg_index where indexrelid = to_regclass(${`brandkit.${name}`})`,
  )
  if (!row) return 'missing'
  return row.valid ? 'valid' : 'invalid'
}

async function drop(database: Database, name: string): Promise<void> {
  await executeOn(database)(sql.raw(dropOf(name)))
}

/** The statements of `migrateIndexes` in a database that lacks the new indexes. Each must stand outside a transaction. */
export function concurrentStatements(migration: Migration): string[] {
  return [...newIndexes(migration).map(buildOf), ...(migration.drops ?? []).map(dropOf)]
}

function buildOf({ name, kind, definition }: ReturnType<typeof newIndexes>[number]): string {
  return `create ${kind} concurrently ${name} on ${definition}`
}

function dropOf(name: string): string {
  return `drop index concurrently if exists brandkit.${name}`
}

/** The same as statements of a transaction, for a database that has no other user. Do nothing after `migrateIndexes`. */
export function indexStatements(migration: Migration): string[] {
  return [
    ...newIndexes(migration).map(
      ({ name, kind, definition }) => `create ${kind} if not exists ${name} on ${definition}`,
    ),
    ...(migration.drops ?? []).map((name) => `drop index if exists brandkit.${name}`),
  ]
}
